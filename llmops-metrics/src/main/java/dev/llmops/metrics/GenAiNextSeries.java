package dev.llmops.metrics;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend;
import dev.llmops.metrics.internal.Backend.Adder;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.HistogramBackend.ValueRecorder;
import dev.llmops.metrics.internal.Memo;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The metrics of OpenTelemetry's GenAI conventions after their renaming, for one set of attributes of an inference. */
final class GenAiNextSeries {

    private static final Set<Operation> INFERENCE =
            Set.of(Operation.CHAT, Operation.GENERATE_CONTENT, Operation.TEXT_COMPLETION);

    /** A record does not tell tokens of text from those of images. */
    private static final String MODALITY = "unknown";

    private final Memo<String, TimeRecorder> durationByErrorType;
    private final TimeRecorder toFirstChunk;
    private final Memo<String, ValueRecorder> inputTokensByErrorType;
    private final Memo<String, ValueRecorder> outputTokensByErrorType;
    private final Adder inputUsage;
    private final Adder outputUsage;
    private final Adder cacheReadUsage;
    private final Adder cacheWriteUsage;
    private final Adder reasoningUsage;

    GenAiNextSeries(Backend backend, GenAiAttributes attributes) {
        durationByErrorType = new Memo<>(
                errorType -> backend.timer(Instrument.GEN_AI_INFERENCE_DURATION, attributes.with(errorType)));
        toFirstChunk = backend.timer(Instrument.GEN_AI_INFERENCE_TIME_TO_FIRST_CHUNK, attributes.values());
        inputTokensByErrorType = new Memo<>(errorType ->
                backend.distribution(Instrument.GEN_AI_INFERENCE_INPUT_TOKENS, attributes.with(errorType)));
        outputTokensByErrorType = new Memo<>(errorType ->
                backend.distribution(Instrument.GEN_AI_INFERENCE_OUTPUT_TOKENS, attributes.with(errorType)));
        List<String> modal = attributes.with(MODALITY);
        inputUsage = backend.counter(Instrument.GEN_AI_USAGE_INPUT_TOKENS, modal);
        outputUsage = backend.counter(Instrument.GEN_AI_USAGE_OUTPUT_TOKENS, modal);
        cacheReadUsage = backend.counter(Instrument.GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, modal);
        cacheWriteUsage = backend.counter(Instrument.GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, modal);
        reasoningUsage = backend.counter(Instrument.GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, modal);
    }

    /** Other operations keep the duration metric that they had before the renaming. */
    static boolean isInference(CallRecord call) {
        return INFERENCE.contains(call.info().operation());
    }

    void record(CallRecord call, String errorType, @Nullable Trace trace) {
        durationByErrorType.get(errorType).record(call.timing().durationNanos(), trace);
        OptionalLong firstChunk = call.timing().timeToFirstChunkNanos();
        if (call.info().isStreaming() && firstChunk.isPresent()) {
            toFirstChunk.record(firstChunk.getAsLong(), trace);
        }
        TokenUsage usage = call.usage();
        if (GenAiSeries.isBillable(usage)) {
            usage.inputTokens().ifPresent(tokens -> {
                inputTokensByErrorType.get(errorType).record((double) tokens, trace);
                inputUsage.add((double) tokens);
            });
            usage.outputTokens().ifPresent(tokens -> {
                outputTokensByErrorType.get(errorType).record((double) tokens, trace);
                outputUsage.add((double) tokens);
            });
            cacheReadUsage.add((double) usage.cachedInputTokens());
            cacheWriteUsage.add((double) usage.cacheWriteTokens());
            reasoningUsage.add((double) usage.reasoningTokens());
        }
    }
}
