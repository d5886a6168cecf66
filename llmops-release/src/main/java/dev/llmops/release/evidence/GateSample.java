package dev.llmops.release.evidence;

import java.util.Map;

/**
 * A sample of a counter, as Prometheus represents it.
 *
 * @param name the name of the metric
 * @param labels its labels
 * @param value its value
 * @since 0.1.0
 */
public record GateSample(String name, Map<String, String> labels, double value) {

    /**
     * Copies the labels.
     *
     * @param name the name of the metric
     * @param labels its labels
     * @param value its value
     */
    public GateSample {
        labels = Map.copyOf(labels);
    }
}
