package dev.llmops.cost.ledger;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The counts and the health of a ledger as meters of Micrometer. Needs the artifact {@code io.micrometer:micrometer-core};
 * {@link PrometheusLedgerMeters} does the same without Micrometer.
 *
 * @since 0.1.0
 */
public final class LedgerMeters {

    private LedgerMeters() {}

    /**
     * Shows a ledger; one to a registry.
     *
     * @param ledger the ledger
     * @param registry any registry
     */
    public static void bind(Ledger ledger, MeterRegistry registry) {
        for (LedgerSeries series : LedgerSeries.values()) {
            if (series.isCounter()) {
                FunctionCounter.builder(series.meterName(), ledger, series::of)
                        .description(series.description())
                        .register(registry);
            } else {
                Gauge.builder(series.meterName(), ledger, series::of)
                        .description(series.description())
                        .strongReference(true)
                        .register(registry);
            }
        }
    }
}
