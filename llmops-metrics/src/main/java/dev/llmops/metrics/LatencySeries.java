package dev.llmops.metrics;

import dev.llmops.core.CallRecord;
import dev.llmops.core.Outcome;
import dev.llmops.core.PhaseTiming;
import dev.llmops.core.Timing;
import dev.llmops.metrics.Backend.TimeRecorder;
import dev.llmops.metrics.HistogramBackend.GapRecorder;
import dev.llmops.metrics.HistogramBackend.Trace;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where the time went; a partial stream shows as far as it came. */
final class LatencySeries {

    private final Limits limits;
    private final Memo<Outcome, TimeRecorder> whole;
    private final TimeRecorder toFirstToken;
    private final TimeRecorder toFirstChunk;
    private final TimeRecorder perOutputToken;
    private final GapRecorder interToken;
    private final Memo<String, TimeRecorder> phases;

    LatencySeries(TargetMeters meters) {
        limits = meters.limits();
        whole = new Memo<>(outcome -> meters.timer(Instrument.REQUEST_LATENCY, Words.of(outcome)));
        toFirstToken = meters.timer(Instrument.TIME_TO_FIRST_TOKEN);
        toFirstChunk = meters.timer(Instrument.TIME_TO_FIRST_CHUNK);
        perOutputToken = meters.timer(Instrument.TIME_PER_OUTPUT_TOKEN);
        interToken = meters.backend().gaps(Instrument.INTER_TOKEN_LATENCY, meters.labels());
        phases = new Memo<>(phase -> meters.timer(Instrument.PHASE_LATENCY, phase));
        whole.get(Outcome.COMPLETED);
    }

    void record(CallRecord call, @Nullable Trace trace) {
        Timing timing = call.timing();
        whole.get(call.outcome()).record(timing.durationNanos(), trace);
        record(toFirstToken, timing.timeToFirstTokenNanos(), trace);
        record(toFirstChunk, timing.timeToFirstChunkNanos(), trace);
        record(perOutputToken, timing.timePerOutputTokenNanos(), trace);
        interToken.record(timing.interToken(), trace);
        for (PhaseTiming phase : timing.phases()) {
            phases.get(limits.limit("phase", phase.name())).record(phase.durationNanos(), trace);
        }
    }

    private static void record(TimeRecorder recorder, OptionalLong nanos, @Nullable Trace trace) {
        if (nanos.isPresent()) {
            recorder.record(nanos.getAsLong(), trace);
        }
    }
}
