package dev.llmops.metrics.internal;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a meter that fails, when it is registered or when it records, from stopping the others: the failure is counted
 * and logged once. A class that is missing from the class path is such a failure too.
 */
public final class GuardedBackend implements Backend {

    private final Backend backend;
    private final Telemetry telemetry;

    public GuardedBackend(Backend backend, Telemetry telemetry) {
        this.backend = backend;
        this.telemetry = telemetry;
    }

    @Override
    public Backend scratch() {
        return new GuardedBackend(backend.scratch(), new Telemetry());
    }

    private <T> T registered(Instrument instrument, Supplier<T> series, T nothing) {
        try {
            return series.get();
        } catch (RuntimeException | LinkageError e) {
            failed(instrument, e, "look for another meter of that name, and rename it or leave out its profile");
            return nothing;
        }
    }

    private void notRecorded(Instrument instrument, Throwable failure) {
        failed(instrument, failure, "check the registry's filters and the class path; the other meters recorded");
    }

    private void failed(Instrument instrument, Throwable failure, String remedy) {
        telemetry.failure("metrics." + instrument.meterName(), failure, remedy);
    }

    @Override
    public Adder counter(Instrument instrument, List<String> labelValues) {
        return guarded(
                instrument, registered(instrument, () -> backend.counter(instrument, labelValues), amount -> {}));
    }

    @Override
    public Adder gauge(Instrument instrument, List<String> labelValues) {
        return guarded(instrument, registered(instrument, () -> backend.gauge(instrument, labelValues), amount -> {}));
    }

    private Adder guarded(Instrument instrument, Adder adder) {
        return amount -> {
            try {
                adder.add(amount);
            } catch (RuntimeException | LinkageError e) {
                notRecorded(instrument, e);
            }
        };
    }

    @Override
    public MoneyAdder money(Instrument instrument, String currency, List<String> labelValues) {
        MoneyAdder adder = registered(instrument, () -> backend.money(instrument, currency, labelValues), amount -> {});
        return amount -> {
            try {
                adder.add(amount);
            } catch (RuntimeException | LinkageError e) {
                notRecorded(instrument, e);
            }
        };
    }

    @Override
    public void observed(Instrument instrument, List<String> labelValues, DoubleSupplier value) {
        try {
            backend.observed(instrument, labelValues, value);
        } catch (RuntimeException | LinkageError e) {
            notRecorded(instrument, e);
        }
    }

    @Override
    public TimeRecorder timer(Instrument instrument, List<String> labelValues) {
        TimeRecorder timer = registered(instrument, () -> backend.timer(instrument, labelValues), (nanos, trace) -> {});
        return (nanos, trace) -> {
            try {
                timer.record(nanos, trace);
            } catch (RuntimeException | LinkageError e) {
                notRecorded(instrument, e);
            }
        };
    }

    @Override
    public ValueRecorder distribution(Instrument instrument, List<String> labelValues) {
        ValueRecorder values =
                registered(instrument, () -> backend.distribution(instrument, labelValues), (value, trace) -> {});
        return (value, trace) -> {
            try {
                values.record(value, trace);
            } catch (RuntimeException | LinkageError e) {
                notRecorded(instrument, e);
            }
        };
    }

    @Override
    public GapRecorder gaps(Instrument instrument, List<String> labelValues) {
        GapRecorder recorder = registered(instrument, () -> backend.gaps(instrument, labelValues), (gaps, trace) -> {});
        return (gaps, trace) -> {
            try {
                recorder.record(gaps, trace);
            } catch (RuntimeException | LinkageError e) {
                notRecorded(instrument, e);
            }
        };
    }

    @Override
    public @Nullable Trace traceOf(CallInfo call) {
        return backend.traceOf(call);
    }
}
