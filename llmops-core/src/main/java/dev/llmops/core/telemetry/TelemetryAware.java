package dev.llmops.core.telemetry;

/**
 * A {@linkplain dev.llmops.core.LlmListener listener} or {@linkplain dev.llmops.core.CallEnricher enricher} that reports
 * on itself through the {@link Telemetry} of the {@link dev.llmops.core.LlmOps} it is added to.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TelemetryAware {

    /**
     * Hands over the telemetry, once, before the first call.
     *
     * @param telemetry where to count failures and drops
     */
    void useTelemetry(Telemetry telemetry);
}
