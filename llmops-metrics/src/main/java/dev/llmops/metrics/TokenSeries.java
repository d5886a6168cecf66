package dev.llmops.metrics;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend.Adder;

/** Tokens, reported or estimated; unknown ones are not counted, not even as 0. */
final class TokenSeries {

    private final Adder input;
    private final Adder output;
    private final Adder cachedInput;
    private final Adder reasoningOutput;

    TokenSeries(TargetMeters meters) {
        input = meters.counter(Instrument.TOKENS, "input");
        output = meters.counter(Instrument.TOKENS, "output");
        cachedInput = meters.counter(Instrument.CACHED_INPUT_TOKENS);
        reasoningOutput = meters.counter(Instrument.REASONING_OUTPUT_TOKENS);
    }

    void record(CallRecord call) {
        TokenUsage usage = call.usage();
        input.add((double) Math.max(0, usage.count(UsageKind.INPUT_TOKENS)));
        output.add((double) Math.max(0, usage.count(UsageKind.OUTPUT_TOKENS)));
        cachedInput.add((double) usage.cachedInputTokens());
        reasoningOutput.add((double) usage.reasoningTokens());
    }
}
