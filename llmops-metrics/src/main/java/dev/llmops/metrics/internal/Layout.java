package dev.llmops.metrics.internal;

import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The configured metrics: which there are, with which bucket edges and labels. */
public record Layout(
        Set<Profile> profiles,
        Map<Instrument, SortedSet<Double>> thresholds,
        Set<String> costLabels,
        boolean exemplars) {

    public static final String TENANT = "tenant";
    public static final String FEATURE = "feature";

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
