package dev.llmops.metrics;

import dev.llmops.metrics.internal.PrometheusBackend;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * The golden signals of language-model calls on the Prometheus client, without Micrometer between them. Needs the artifact
 * {@code io.prometheus:prometheus-metrics-core}.
 *
 * <pre>{@code
 * SignalRecorder signals = PrometheusSignals.on(prometheusRegistry);
 * }</pre>
 *
 * <p>See docs/decisions/metrics.md#the-prometheus-client-has-entry-points-of-its-own.
 *
 * @since 0.1.0
 */
public final class PrometheusSignals {

    private PrometheusSignals() {}

    /**
     * Records with all defaults.
     *
     * @param registry the registry that is scraped
     * @return a listener for {@code LlmOps}
     * @throws IllegalArgumentException if the registry has a recorder, or metrics of these names, already
     */
    public static SignalRecorder on(PrometheusRegistry registry) {
        return on(registry, GoldenSignals.builder());
    }

    /**
     * Records with settings.
     *
     * @param registry the registry that is scraped
     * @param settings profiles, thresholds, limits and labels
     * @return a listener for {@code LlmOps}
     * @throws IllegalArgumentException if a setting is invalid, naming every problem, or if the registry has a recorder,
     *     or metrics of these names, already
     */
    public static SignalRecorder on(PrometheusRegistry registry, GoldenSignals.Builder settings) {
        return settings.recorder(registry, (layout, own) -> {
            PrometheusBackend backend = new PrometheusBackend(registry, layout, Labels.EMPTY, own);
            backend.registerFamilies();
            return backend;
        });
    }
}
