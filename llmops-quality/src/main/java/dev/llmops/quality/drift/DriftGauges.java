package dev.llmops.quality.drift;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges of the latest window, {@value #PSI} and {@value #KS} by feature. A feature without enough data reads NaN, never 0.
 * Needs Micrometer.
 *
 * @since 0.1.0
 */
public final class DriftGauges implements MeterBinder {

    /** The name of the gauge of the population stability index. */
    public static final String PSI = "llm.data.drift.psi";

    /** The name of the gauge of the Kolmogorov–Smirnov statistic. */
    public static final String KS = "llm.data.drift.ks";

    private final DriftMonitor monitor;

    /**
     * Creates the gauges.
     *
     * @param monitor whose windows they show
     */
    public DriftGauges(DriftMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (FeatureProfile profile : monitor.profiles()) {
            register(registry, PSI, profile.name(), DriftFinding.Method.PSI);
            if (profile.binning() instanceof NumericBins) {
                register(registry, KS, profile.name(), DriftFinding.Method.KS);
            }
        }
    }

    private void register(MeterRegistry registry, String gauge, String feature, DriftFinding.Method method) {
        Gauge.builder(gauge, monitor, watched -> value(watched, feature, method))
                .tag("feature", feature)
                .description("Drift of the feature in the latest window against the reference")
                .register(registry);
    }

    private static double value(DriftMonitor monitor, String feature, DriftFinding.Method method) {
        DriftReport report = monitor.latest();
        return report == null
                ? Double.NaN
                : report.finding(feature, method)
                        .filter(finding -> finding.verdict() != DriftFinding.Verdict.INSUFFICIENT_DATA)
                        .map(DriftFinding::statistic)
                        .orElse(Double.NaN);
    }
}
