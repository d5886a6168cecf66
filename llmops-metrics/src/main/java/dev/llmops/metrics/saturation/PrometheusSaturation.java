package dev.llmops.metrics.saturation;

import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Shows the load of devices and inference servers on the Prometheus client. Needs the artifact
 * {@code io.prometheus:prometheus-metrics-core}.
 *
 * @since 0.1.0
 */
public final class PrometheusSaturation {

    private PrometheusSaturation() {}

    /**
     * Creates a builder of a monitor.
     *
     * @param registry the registry that is scraped
     * @return a builder
     */
    public static Saturation.Builder on(PrometheusRegistry registry) {
        return new Saturation.Builder(() -> new PrometheusGauges(registry));
    }
}
