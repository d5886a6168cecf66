package dev.llmops.metrics.internal;

import dev.llmops.core.Telemetry;
import dev.llmops.core.record.CallInfo;
import dev.llmops.metrics.instrument.Instrument;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a metric that cannot be registered, because another library has one of the same name and another kind, from
 * taking the others along: it is counted, logged once, and not shown.
 */
public final class GuardedBackend implements Backend {

    private final Backend backend;
    private final Telemetry telemetry;

    public GuardedBackend(Backend backend, Telemetry telemetry) {
        this.backend = backend;
        this.telemetry = telemetry;
    }

    private <T> T guard(Instrument instrument, Supplier<T> series, T nothing) {
        try {
            return series.get();
        } catch (RuntimeException e) {
            telemetry.failure(
                    "metrics." + instrument.meterName(),
                    e,
                    "look for another meter of that name, and rename it or leave out its profile");
            return nothing;
        }
    }

    @Override
    public Adder counter(Instrument instrument, List<String> labelValues) {
        return guard(instrument, () -> backend.counter(instrument, labelValues), amount -> {});
    }

    @Override
    public MoneyAdder money(Instrument instrument, String currency, List<String> labelValues) {
        return guard(instrument, () -> backend.money(instrument, currency, labelValues), amount -> {});
    }

    @Override
    public void observed(Instrument instrument, List<String> labelValues, DoubleSupplier value) {
        guard(
                instrument,
                () -> {
                    backend.observed(instrument, labelValues, value);
                    return true;
                },
                false);
    }

    @Override
    public Adder gauge(Instrument instrument, List<String> labelValues) {
        return guard(instrument, () -> backend.gauge(instrument, labelValues), amount -> {});
    }

    @Override
    public TimeRecorder timer(Instrument instrument, List<String> labelValues) {
        return guard(instrument, () -> backend.timer(instrument, labelValues), (nanos, trace) -> {});
    }

    @Override
    public ValueRecorder distribution(Instrument instrument, List<String> labelValues) {
        return guard(instrument, () -> backend.distribution(instrument, labelValues), (value, trace) -> {});
    }

    @Override
    public GapRecorder gaps(Instrument instrument, List<String> labelValues) {
        return guard(instrument, () -> backend.gaps(instrument, labelValues), (gaps, trace) -> {});
    }

    @Override
    public @Nullable Trace traceOf(CallInfo call) {
        return backend.traceOf(call);
    }
}
