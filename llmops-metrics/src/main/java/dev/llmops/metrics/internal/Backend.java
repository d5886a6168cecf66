package dev.llmops.metrics.internal;

import dev.llmops.metrics.instrument.Instrument;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A metrics library to which signals go. Series are made once, with all their label values, and kept by the caller; what
 * runs per call is only {@code add} and {@code record}. Thread-safe, as are the series.
 */
public interface Backend extends HistogramBackend {

    /** A counter or a gauge. */
    interface Adder {
        void add(double amount);
    }

    /** A histogram of times. */
    interface TimeRecorder {
        void record(long nanos, @Nullable Trace trace);
    }

    /** A counter of money. */
    interface MoneyAdder {
        void add(BigDecimal amount);
    }

    /** Creates a back end of the same kind on a registry of its own, to try things on without recording them. */
    Backend scratch();

    Adder counter(Instrument instrument, List<String> labelValues);

    /** A counter with an exact sum, whose name has a currency in lower case in it. */
    MoneyAdder money(Instrument instrument, String currency, List<String> labelValues);

    /** A counter or gauge that is kept elsewhere and read when scraped. */
    void observed(Instrument instrument, List<String> labelValues, DoubleSupplier value);

    Adder gauge(Instrument instrument, List<String> labelValues);

    TimeRecorder timer(Instrument instrument, List<String> labelValues);
}
