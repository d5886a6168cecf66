package dev.llmops.slo.prometheus;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.internal.Percent;
import dev.llmops.slo.prometheus.internal.EventQueries;
import dev.llmops.slo.prometheus.internal.Numbers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules of one objective. */
final class ObjectiveRules {

    /** The interval at which the group is evaluated; coverage counts samples of this distance. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    static final String BURN_ALERT = "LlmSloBurn";
    static final String NO_DATA_ALERT = "LlmSloNoData";
    static final String BROKEN_ALERT = "LlmSloBrokenSeries";
    static final String GROUP_GONE_ALERT = "LlmSloGroupGone";
    static final String REPLICA_GONE_ALERT = "LlmSloReplicaGone";
    static final String NO_DATA_FOR = "5m";

    /** The events of a group within an hour that make five minutes without a call improbable: 1 in 148 at random. */
    private static final int BUSY_EVENTS = 60;

    private static final Duration BASE_WINDOW = Duration.ofMinutes(5);

    private final Objective objective;
    private final ExcludedTime excluded;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();

    private ObjectiveRules(Objective objective, List<Exclusion> exclusions) {
        this.objective = objective;
        excluded = new ExcludedTime(objective.name(), exclusions);
        labels.put("slo", objective.name());
        labels.putAll(objective.labels());
    }

    static RuleGroup group(Objective objective, List<Exclusion> exclusions) {
        ObjectiveRules generator = new ObjectiveRules(objective, exclusions);
        generator.record(ExcludedTime.SERIES, generator.excluded.expression());
        generator.windows().forEach(generator::recordWindow);
        generator.recordPeriod();
        severities(objective).forEach(generator::alert);
        generator.alertOnAbsence();
        generator.alertOnBrokenSeries();
        if (generator.hasInstances()) {
            generator.alertOnMissingParts();
        }
        return new RuleGroup("llm-slo-" + objective.name(), Durations.format(INTERVAL), generator.rules);
    }

    static Set<String> severities(Objective objective) {
        return objective.alerts().tiers().stream()
                .map(AlertTier::severity)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<Duration> windows() {
        Set<Duration> windows = new TreeSet<>(List.of(BASE_WINDOW));
        for (AlertTier tier : objective.alerts().tiers()) {
            windows.add(tier.longWindow());
            windows.add(tier.shortWindow());
        }
        return windows;
    }

    private void recordWindow(Duration window) {
        String range = Durations.format(window);
        recordCounted("events", EventQueries.total(objective, range), window);
        recordCounted("bad", EventQueries.bad(objective, range), window);
        record(
                "llm_slo:error_ratio:rate" + range,
                series("bad:rate" + range) + " / (" + series("events:rate" + range) + " > 0)");
    }

    /**
     * Records a rate without excluded time. The shortest window has gaps there, and for its length afterwards; a longer one
     * that excluded time lies in is the mean of the shortest over all its minutes.
     */
    private void recordCounted(String events, String rate, Duration window) {
        String range = Durations.format(window);
        String unless = "(" + rate + ")\nunless on() " + excluded.within(range);
        String counted = window.equals(BASE_WINDOW)
                ? unless
                : unless + "\nor (sum_over_time(" + series(events + ":rate5m") + "[" + range + "]) / "
                        + window.toMinutes() + "\nand on() " + excluded.within(range) + ")";
        record("llm_slo:" + events + ":rate" + range, counted);
    }

    private void recordPeriod() {
        String measured = series("events:rate5m") + " > bool 0";
        if (hasInstances()) {
            record("llm_slo:instances", EventQueries.instances(objective.name()));
            // A minute in which an instance is missing counts as measured in part.
            measured = "(" + measured + ") * on() group_left() clamp_max(" + series("instances") + " / "
                    + usualInstances() + ", 1)";
        }
        record("llm_slo:measured", measured);
        if (!(objective.window() instanceof SloWindow.Rolling rolling)) {
            return; // PromQL knows no zone; the reader computes calendar windows from their start.
        }
        String period = Durations.format(rolling.length());
        record(
                "llm_slo:error_ratio:" + period,
                "sum_over_time(" + series("bad:rate5m") + "[" + period + "]) / (sum_over_time("
                        + series("events:rate5m") + "[" + period + "]) > 0)");
        record(
                "llm_slo:budget_remaining:" + period,
                "1 - " + series("error_ratio:" + period) + " / "
                        + plain(objective.budget().ratio()));
        long samples = rolling.length().toMinutes() / INTERVAL.toMinutes();
        record(
                "llm_slo:coverage:" + period,
                "clamp_max(sum_over_time(" + series("measured") + "[" + period + "]) / on() group_left() "
                        + excluded.countedSamples(period, samples) + ", 1)");
    }

    private void alert(String severity) {
        String expression = objective.alerts().tiers().stream()
                .filter(tier -> tier.severity().equals(severity))
                .map(this::tier)
                .collect(Collectors.joining("\nor\n"));
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", escaped(objective.displayName()) + " burns its error budget too fast");
        annotations.put("description", describe(severity));
        annotations.put("first_look", FirstLook.at(objective.indicator()));
        objective.annotations().forEach((key, text) -> annotations.put(annotationName(key), escaped(text)));
        // The series carry the objective's name already; here it keeps the alerts of several objectives apart.
        Map<String, String> alertLabels = Map.of("severity", severity, "slo", objective.name());
        rules.add(Rule.alert(BURN_ALERT, expression, "", alertLabels, annotations));
    }

    private String describe(String severity) {
        String tiers = objective.alerts().tiers().stream()
                .filter(tier -> tier.severity().equals(severity))
                .map(tier -> "over " + Percent.of(objective.budget().exactThreshold(tier.factor())) + " bad in "
                        + Durations.format(tier.longWindow()) + " and " + Durations.format(tier.shortWindow()))
                .collect(Collectors.joining(", or "));
        return "{{ $value | humanizePercentage }} of events were bad. Promised: at least " + percent(objective.target())
                + " of \"" + escaped(objective.indicator().describe()) + "\" over " + objective.window()
                + "; this fires "
                + tiers + ".";
    }

    private String tier(AlertTier tier) {
        String longRange = Durations.format(tier.longWindow());
        String shortRange = Durations.format(tier.shortWindow());
        String threshold = threshold(tier);
        String burning = "(" + series("error_ratio:rate" + longRange) + " > " + threshold + ")\nand ("
                + series("error_ratio:rate" + shortRange) + " > " + threshold + ")";
        AlertPolicy.Guard guard = objective.alerts().guard();
        if (guard.minimumBadEvents() == 0) {
            return "(\n" + burning.indent(2) + ")";
        }
        // rate() extrapolates a little, so half an event less is asked for.
        BigDecimal floor = BigDecimal.valueOf(guard.minimumBadEvents()).subtract(new BigDecimal("0.5"));
        String enough = "\nand (" + series("bad:rate" + longRange) + " * "
                + tier.longWindow().toSeconds() + " > " + plain(floor) + ")";
        return "(\n" + (burning + enough).indent(2) + ")";
    }

    private String threshold(AlertTier tier) {
        return Numbers.shortest(objective.budget().threshold(tier.factor()));
    }

    private void alertOnAbsence() {
        String watched = objective.source() instanceof MetricSource.SloCounters
                ? EventQueries.presence(objective.name())
                : series("events:rate5m");
        rules.add(Rule.alert(
                NO_DATA_ALERT,
                "absent(" + watched + ")\nunless on() " + excluded.now(),
                NO_DATA_FOR,
                Map.of("severity", AlertTier.TICKET, "slo", objective.name()),
                Map.of(
                        "summary",
                        "No measurement of " + escaped(objective.displayName()),
                        "description",
                        "Its events have been absent for " + NO_DATA_FOR + ", and silence is not health.")));
    }

    private void alertOnBrokenSeries() {
        List<String> faults = new ArrayList<>();
        faults.add("((" + series("events:rate5m") + " > 0) unless " + series("bad:rate5m") + ")");
        faults.add("(" + series("bad:rate5m") + " > 1.01 * " + series("events:rate5m") + ")");
        if (EventQueries.isDifference(objective)) {
            faults.add("(-(" + EventQueries.signedBad(objective, "5m") + ") > 0.01 * ("
                    + EventQueries.total(objective, "5m") + "))");
        }
        rules.add(Rule.alert(
                BROKEN_ALERT,
                String.join("\nor\n", faults),
                NO_DATA_FOR,
                Map.of("severity", AlertTier.TICKET, "slo", objective.name()),
                Map.of(
                        "summary",
                        "The series of " + escaped(objective.displayName()) + " contradict themselves",
                        "description",
                        "There are events without a verdict, or more good or bad events than events, so that the objective"
                                + " is not judged. Look first at its source: a threshold that is no bucket edge, a label"
                                + " that was renamed, or two queries that do not count the same events.")));
    }

    /** Instances exist only for the engine's own counters; other metrics need not have the label. */
    private boolean hasInstances() {
        return objective.source() instanceof MetricSource.SloCounters;
    }

    private void alertOnMissingParts() {
        String past = Durations.format(SourceHealth.PAST);
        String missing = "on() (" + series("instances") + " < " + usualInstances() + ")";
        if (!objective.groupBy().isEmpty()) {
            // After a restart a group has no counters until its next call, so that a quiet one proves nothing.
            String quiet = EventQueries.eventsWithin(objective, SourceHealth.PAST) + " <= " + BUSY_EVENTS;
            rules.add(Rule.alert(
                    GROUP_GONE_ALERT,
                    "(" + EventQueries.goneGroups(objective, SourceHealth.PAST) + ")\nunless (" + quiet + "\n  unless "
                            + missing + ")\nunless on() " + excluded.now(),
                    NO_DATA_FOR,
                    Map.of("severity", AlertTier.TICKET, "slo", objective.name()),
                    Map.of(
                            "summary",
                            "A group of " + escaped(objective.displayName()) + " is no longer measured",
                            "description",
                            "Its counters were there within the last " + past
                                    + " and are gone, although it had more than "
                                    + BUSY_EVENTS
                                    + " events or an instance is missing. Look first at the instances that"
                                    + " served it, and at whether they still name the group.")));
        }
        rules.add(Rule.alert(
                REPLICA_GONE_ALERT,
                "(" + EventQueries.goneInstances(objective, SourceHealth.PAST) + ")\nand " + missing + "\nunless on() "
                        + excluded.now(),
                "10m",
                Map.of("severity", AlertTier.TICKET, "slo", objective.name()),
                Map.of(
                        "summary",
                        "An instance of " + escaped(objective.displayName()) + " is no longer measured",
                        "description",
                        "{{ $labels.instance }} reported within the last " + past + " and stopped, and fewer instances"
                                + " report than usual. Look first at the target's health; after a planned scale-down this"
                                + " ends by itself within " + past + ".")));
    }

    private String usualInstances() {
        return EventQueries.usually(series("instances"), "");
    }

    private void record(String name, String expression) {
        rules.add(Rule.record(name, expression, labels));
    }

    private String series(String name) {
        return "llm_slo:" + name + "{" + EventQueries.slo(objective.name()) + "}";
    }

    static List<String> groupLabels(Objective objective) {
        return objective.groupBy().stream().map(Dimension::label).toList();
    }

    /** Unrounded, since a target of 99.995 % is not one of 100 %. */
    private static String percent(BigDecimal ratio) {
        return plain(ratio.movePointRight(2)) + " %";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    static String annotationName(String key) {
        if (key.equals("runbook") || key.equals("dashboard")) {
            return key + "_url"; // as Alertmanager's templates and Grafana have it
        }
        String name = key.replaceAll("[^a-zA-Z0-9_]", "_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    /** Keeps text of one's own from being taken for a template. */
    static String escaped(String text) {
        return text.replace("{{", "{{ \"{{\" }}");
    }
}
