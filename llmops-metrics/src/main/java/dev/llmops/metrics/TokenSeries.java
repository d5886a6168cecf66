package dev.llmops.metrics;

import dev.llmops.core.CallRecord;
import dev.llmops.core.TokenUsage;
import dev.llmops.metrics.Backend.Adder;
import dev.llmops.metrics.HistogramBackend.Trace;
import dev.llmops.metrics.HistogramBackend.ValueRecorder;
import org.jspecify.annotations.Nullable;

/** Tokens, reported or estimated; unknown ones are not counted, not even as 0. */
final class TokenSeries {

    private final Adder input;
    private final Adder output;
    private final Adder cachedInput;
    private final Adder reasoningOutput;
    private final ValueRecorder outputPerSecond;

    TokenSeries(TargetMeters meters) {
        input = meters.counter(Instrument.TOKENS, "input");
        output = meters.counter(Instrument.TOKENS, "output");
        cachedInput = meters.counter(Instrument.CACHED_INPUT_TOKENS);
        reasoningOutput = meters.counter(Instrument.REASONING_OUTPUT_TOKENS);
        outputPerSecond = meters.distribution(Instrument.OUTPUT_TOKENS_PER_SECOND);
    }

    void record(CallRecord call, @Nullable Trace trace) {
        TokenUsage usage = call.usage();
        usage.inputTokens().ifPresent(tokens -> input.add((double) tokens));
        usage.outputTokens().ifPresent(tokens -> output.add((double) tokens));
        cachedInput.add((double) usage.cachedInputTokens());
        reasoningOutput.add((double) usage.reasoningTokens());
        call.timing().outputTokensPerSecond().ifPresent(speed -> outputPerSecond.record(speed, trace));
    }
}
