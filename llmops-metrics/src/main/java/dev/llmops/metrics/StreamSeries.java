package dev.llmops.metrics;

import dev.llmops.core.record.Timing;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.HistogramBackend.GapRecorder;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.HistogramBackend.ValueRecorder;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The pace of streams; one that broke off shows as far as it came. */
final class StreamSeries {

    private final TimeRecorder toFirstToken;
    private final TimeRecorder toFirstChunk;
    private final TimeRecorder perOutputToken;
    private final GapRecorder interToken;
    private final ValueRecorder outputTokensPerSecond;

    StreamSeries(TargetMeters meters) {
        toFirstToken = meters.timer(Instrument.TIME_TO_FIRST_TOKEN);
        toFirstChunk = meters.timer(Instrument.TIME_TO_FIRST_CHUNK);
        perOutputToken = meters.timer(Instrument.TIME_PER_OUTPUT_TOKEN);
        interToken = meters.backend().gaps(Instrument.INTER_TOKEN_LATENCY, meters.labels());
        outputTokensPerSecond = meters.distribution(Instrument.OUTPUT_TOKENS_PER_SECOND);
    }

    void record(Timing timing, @Nullable Trace trace) {
        record(toFirstToken, timing.timeToFirstTokenNanos(), trace);
        record(toFirstChunk, timing.timeToFirstChunkNanos(), trace);
        record(perOutputToken, timing.timePerOutputTokenNanos(), trace);
        interToken.record(timing.interToken(), trace);
        OptionalDouble speed = timing.outputTokensPerSecond();
        if (speed.isPresent()) {
            outputTokensPerSecond.record(speed.getAsDouble(), trace);
        }
    }

    private static void record(TimeRecorder recorder, OptionalLong nanos, @Nullable Trace trace) {
        if (nanos.isPresent()) {
            recorder.record(nanos.getAsLong(), trace);
        }
    }
}
