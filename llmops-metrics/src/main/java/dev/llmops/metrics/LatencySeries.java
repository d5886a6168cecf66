package dev.llmops.metrics;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.Lazy;
import dev.llmops.metrics.internal.Memo;
import org.jspecify.annotations.Nullable;

/** The latency series of calls. */
final class LatencySeries {

    private final Limits limits;
    private final Memo<Outcome, TimeRecorder> whole;
    private final Memo<String, TimeRecorder> phases;
    private final Lazy<StreamSeries> stream;

    LatencySeries(TargetMeters meters) {
        limits = meters.limits();
        whole = new Memo<>(outcome -> meters.timer(Instrument.REQUEST_LATENCY, LabelValues.of(outcome)));
        phases = new Memo<>(phase -> meters.timer(Instrument.PHASE_LATENCY, phase));
        stream = new Lazy<>(() -> new StreamSeries(meters));
        whole.get(Outcome.COMPLETED);
    }

    /** A model that is never streamed gets no empty histograms of streams. */
    void expectStream() {
        stream.get();
    }

    void record(CallRecord call, @Nullable Trace trace) {
        Timing timing = call.timing();
        whole.get(call.outcome()).record(timing.durationNanos(), trace);
        if (timing.timeToFirstChunkNanos().isPresent()) {
            stream.get().record(timing, trace);
        }
        for (Timing.Phase phase : timing.phases()) {
            phases.get(limits.limit("phase", phase.name())).record(phase.durationNanos(), trace);
        }
    }
}
