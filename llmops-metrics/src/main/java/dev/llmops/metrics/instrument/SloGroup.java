package dev.llmops.metrics.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The group of an objective as labels: all of them on every series, because one metric has one set of keys, and empty
 * where the objective is not grouped by them, which Prometheus takes for absent.
 */
public final class SloGroup {

    public static final List<String> LABELS =
            List.of("operation", "provider", "model", "tenant", "feature", "version_set");

    private SloGroup() {}

    public static List<String> values(Map<String, String> group, String... first) {
        List<String> values = new ArrayList<>(List.of(first));
        LABELS.forEach(label -> values.add(group.getOrDefault(label, "")));
        return values;
    }
}
