package dev.llmops.slo.engine;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.ObjectiveSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The series of an engine: those of objectives with their groups, of event rules and of composites. */
final class AllSeries {

    final List<ObjectiveSeries> objectives;
    final List<EventRuleSeries> eventRules;
    final List<CompositeSeries> composites;
    private final SnapshotKeeper snapshots;
    private final Exclusions exclusions;
    private final VerdictCounters counters;
    private final LongSupplier currentMinute;
    private final Consumer<String> dropped;
    private final Instant startedAt;

    AllSeries(
            ObjectiveSet set,
            Map<String, String> labels,
            SnapshotKeeper snapshots,
            Exclusions exclusions,
            VerdictCounters counters,
            LongSupplier currentMinute,
            Consumer<String> dropped,
            Instant startedAt) {
        this.snapshots = snapshots;
        this.exclusions = exclusions;
        this.counters = counters;
        this.currentMinute = currentMinute;
        this.dropped = dropped;
        this.startedAt = startedAt;
        objectives = set.objectives().stream()
                .map(objective ->
                        new ObjectiveSeries(objective, new Telemetry(), labels, group -> newSeries(objective, group)))
                .toList();
        eventRules = set.eventRules().stream().map(this::newRule).toList();
        composites = set.composites().stream().map(this::newComposite).toList();
        snapshots.groups(this::open);
    }

    private Series newSeries(Objective objective, Map<Dimension, String> group) {
        SeriesImage earlier = snapshots.take(objective.name(), group, SeriesImage.meaningOf(objective));
        Series series = new Series(objective, group, currentMinute, dropped, startedAt, earlier);
        series.exclude(exclusions.all());
        counters.add(series);
        return series;
    }

    private EventRuleSeries newRule(EventRule rule) {
        SeriesImage earlier = snapshots.take(rule.name(), Map.of(), SeriesImage.meaningOf(rule));
        EventRuleSeries series = new EventRuleSeries(rule, currentMinute, dropped, earlier);
        counters.add(series);
        return series;
    }

    private CompositeSeries newComposite(CompositeObjective composite) {
        List<Series> members = composite.members().stream()
                .flatMap(name -> all().filter(series -> series.slo().equals(name)))
                .toList();
        SeriesImage earlier = snapshots.take(composite.name(), Map.of(), CompositeSeries.meaningOf(composite));
        CompositeSeries series = new CompositeSeries(composite, members, currentMinute, dropped, earlier);
        series.exclude(exclusions.all());
        return series;
    }

    void open(String objective, Map<Dimension, String> group) {
        objectives.stream()
                .filter(series -> series.objective().name().equals(objective))
                .forEach(series -> series.open(group));
    }

    void useExclusions() {
        List<Exclusion> all = exclusions.all();
        all().forEach(series -> series.exclude(all));
        composites.forEach(series -> series.exclude(all));
    }

    /** Returns the series of objectives in their order, and groups by their values. */
    Stream<Series> all() {
        return objectives.stream()
                .flatMap(each -> each.all().stream()
                        .sorted(Comparator.comparing(
                                series -> List.copyOf(series.group().values()).toString())));
    }

    Stream<Alerts> alerts() {
        return Stream.concat(all().map(Series::alerts), eventRules.stream().map(EventRuleSeries::alerts));
    }

    List<SeriesImage> images() {
        List<SeriesImage> images = new ArrayList<>();
        all().forEach(series -> images.add(series.image()));
        eventRules.forEach(rule -> images.add(rule.image()));
        composites.forEach(composite -> images.add(composite.image()));
        return images;
    }
}
