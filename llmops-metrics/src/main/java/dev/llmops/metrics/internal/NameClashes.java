package dev.llmops.metrics.internal;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;

/**
 * Handles OpenTelemetry's metric names that a framework has registered already. Both would claim the same calls under one
 * name, with different labels or even of another type; so ours take a name of our own, which is counted and logged once.
 *
 * <p>See docs/decisions/metrics.md#a-shared-name-of-opentelemetrys-gives-way-to-the-one-that-was-there-first.
 */
final class NameClashes {

    /** Put before a name on Micrometer. */
    static final String PREFIX = "llm.";

    /** Put before a name on Prometheus. */
    static final String PROMETHEUS_PREFIX = "llm_";

    private final Telemetry telemetry;

    NameClashes(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Returns true if the name is OpenTelemetry's, so that a framework may use it too. */
    static boolean isShared(Instrument instrument) {
        return !instrument.profiles().contains(Profile.LLM);
    }

    void found(Instrument instrument) {
        telemetry.failure(
                "metrics." + instrument.meterName(),
                new IllegalStateException("another library records " + instrument.meterName() + " too; ours is "
                        + PREFIX + instrument.meterName()),
                "leave out the profile, or switch the framework's own meter off");
    }
}
