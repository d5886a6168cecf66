package dev.llmops.metrics;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.HistogramBackend.ValueRecorder;
import dev.llmops.metrics.internal.Memo;
import org.jspecify.annotations.Nullable;

/** The metrics of OpenTelemetry's GenAI conventions 1.41, for one set of attributes. */
final class GenAiSeries {

    private final Memo<String, TimeRecorder> durationByErrorType;
    private final TimeRecorder toFirstChunk;
    private final ValueRecorder inputTokens;
    private final ValueRecorder outputTokens;

    GenAiSeries(Backend backend, GenAiAttributes attributes) {
        durationByErrorType = new Memo<>(
                errorType -> backend.timer(Instrument.GEN_AI_OPERATION_DURATION, attributes.with(errorType)));
        toFirstChunk = backend.timer(Instrument.GEN_AI_TIME_TO_FIRST_CHUNK, attributes.values());
        inputTokens = backend.distribution(Instrument.GEN_AI_TOKEN_USAGE, attributes.with("input"));
        outputTokens = backend.distribution(Instrument.GEN_AI_TOKEN_USAGE, attributes.with("output"));
    }

    void record(CallRecord call, String errorType, @Nullable Trace trace) {
        durationByErrorType.get(errorType).record(call.timing().durationNanos(), trace);
        if (call.info().isStreaming()) {
            call.timing().timeToFirstChunkNanos().ifPresent(nanos -> toFirstChunk.record(nanos, trace));
        }
        if (isBillable(call.usage())) {
            call.usage().inputTokens().ifPresent(tokens -> inputTokens.record((double) tokens, trace));
            call.usage().outputTokens().ifPresent(tokens -> outputTokens.record((double) tokens, trace));
        }
    }

    /** The conventions want billable counts or none; what was estimated from chunks is neither. */
    static boolean isBillable(TokenUsage usage) {
        return usage.origin() == UsageOrigin.REPORTED;
    }
}
