package dev.llmops.cost.ledger;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The counts and the health of a ledger as series of the Prometheus client. Needs the artifact
 * {@code io.prometheus:prometheus-metrics-core}.
 *
 * @since 0.1.0
 */
public final class PrometheusLedgerMeters {

    private PrometheusLedgerMeters() {}

    /**
     * Shows a ledger; one to a registry.
     *
     * @param ledger the ledger
     * @param registry the registry that is scraped
     * @throws IllegalArgumentException if the registry has series of these names already
     */
    public static void bind(Ledger ledger, PrometheusRegistry registry) {
        for (LedgerSeries series : LedgerSeries.values()) {
            if (series.isCounter()) {
                CounterWithCallback.builder()
                        .name(series.prometheusName())
                        .help(series.description())
                        .callback(callback -> callback.call(series.of(ledger)))
                        .register(registry);
            } else {
                GaugeWithCallback.builder()
                        .name(series.prometheusName())
                        .help(series.description())
                        .callback(callback -> callback.call(series.of(ledger)))
                        .register(registry);
            }
        }
    }
}
