package dev.llmops.slo.metrics;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.file.ObjectiveSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The label keys and values of series. A metric has one set of keys, so every series has the dimensions of all objectives;
 * those that its own objective is not grouped by are empty, which Prometheus takes for absent.
 */
final class SloLabels {

    private final List<Dimension> dimensions;

    SloLabels(ObjectiveSet objectives) {
        dimensions = objectives.objectives().stream()
                .flatMap(objective -> objective.groupBy().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the keys of a series that has groups. */
    List<String> keys(SloSeries series) {
        List<String> keys = new ArrayList<>();
        keys.add("slo");
        keys.addAll(series.ownLabels());
        dimensions.forEach(dimension -> keys.add(dimension.label()));
        return keys;
    }

    /** Returns the values in the order of the keys. */
    List<String> values(String slo, Map<Dimension, String> group, String... own) {
        List<String> values = new ArrayList<>();
        values.add(slo);
        values.addAll(List.of(own));
        dimensions.forEach(dimension -> values.add(group.getOrDefault(dimension, "")));
        return values;
    }
}
