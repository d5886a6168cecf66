package dev.llmops.metrics.internal;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.stream.InterTokenHistogram;
import dev.llmops.metrics.instrument.Instrument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a back end that not every metrics library has by itself: distributions that are no simple timers. */
public interface HistogramBackend {

    /** A histogram of anything but times. */
    public interface ValueRecorder {
        void record(double value, @Nullable Trace trace);
    }

    /** A histogram of times that takes all of a call's at once. */
    public interface GapRecorder {
        void record(InterTokenHistogram gaps, @Nullable Trace trace);
    }

    /** The trace of a call, in the form that the back end wants for exemplars. */
    public interface Trace {}

    ValueRecorder distribution(Instrument instrument, List<String> labelValues);

    GapRecorder gaps(Instrument instrument, List<String> labelValues);

    @Nullable
    Trace traceOf(CallInfo call);
}
