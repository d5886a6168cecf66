package dev.llmops.quality.risk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Latency of guardrails as the timer {@value #NAME} with guardrail, phase and result. Needs Micrometer.
 *
 * @since 0.1.0
 */
public final class GuardrailTimers implements Consumer<Guardrails.Run> {

    /** The name of the timer. */
    public static final String NAME = "llm.guardrail.latency";

    private final MeterRegistry registry;

    /**
     * Creates the timers.
     *
     * @param registry where they are registered
     */
    public GuardrailTimers(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(Guardrails.Run run) {
        Timer.builder(NAME)
                .description("Time that a guardrail took")
                .tag("guardrail", run.guardrail())
                .tag("phase", run.phase().label())
                .tag("result", run.result())
                .publishPercentileHistogram()
                .register(registry)
                .record(run.elapsedNanos(), TimeUnit.NANOSECONDS);
    }
}
