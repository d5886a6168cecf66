package dev.llmops.metrics.instrument;

import dev.llmops.core.Telemetry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the configuration makes of the table of names: which metrics there are, with which edges and labels. */
public record Layout(
        Set<Profile> profiles,
        Map<Instrument, SortedSet<Double>> thresholds,
        Set<String> costLabels,
        boolean exemplars) {

    public static final String TENANT = "tenant";
    public static final String FEATURE = "feature";

    /** Maps what the library counts about itself to what it is called. */
    public static final Map<Telemetry.Kind, Instrument> SELF_METRICS = new EnumMap<>(Map.of(
            Telemetry.Kind.FAILURES, Instrument.TELEMETRY_FAILURES,
            Telemetry.Kind.DROPPED, Instrument.TELEMETRY_DROPPED,
            Telemetry.Kind.LATE_ENDINGS, Instrument.TELEMETRY_LATE_ENDINGS,
            Telemetry.Kind.LABEL_OVERFLOW, Instrument.TELEMETRY_LABEL_OVERFLOW));

    public boolean has(Profile profile) {
        return profiles.contains(profile);
    }

    /** The upper edges of an instrument's buckets: its own, and one for each threshold. */
    public double[] edges(Instrument instrument) {
        SortedSet<Double> edges = new TreeSet<>(instrument.buckets());
        edges.addAll(thresholds.getOrDefault(instrument, new TreeSet<>()));
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The labels of an instrument; those that grow with an application's customers are opt-in for cost. */
    public List<String> labels(Instrument instrument) {
        Predicate<String> wanted = label -> instrument != Instrument.COST
                || costLabels.contains(label)
                || !List.of(TENANT, FEATURE).contains(label);
        return instrument.labels().stream().filter(wanted).toList();
    }

    /** The metrics that calls, events and the application feed, but for cost, whose names need a currency. */
    public List<Instrument> instruments() {
        return List.of(Instrument.values()).stream()
                .filter(instrument -> instrument.profiles().stream().anyMatch(profiles::contains))
                .filter(instrument -> instrument != Instrument.COST && !instrument.isPolled())
                .toList();
    }
}
