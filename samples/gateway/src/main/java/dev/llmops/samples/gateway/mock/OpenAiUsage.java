package dev.llmops.samples.gateway.mock;

import tools.jackson.databind.node.ObjectNode;

/** Writes token counts as chat completions and responses have them. */
final class OpenAiUsage {

    private OpenAiUsage() {}

    static void write(ObjectNode parent, MockPlan plan) {
        write(parent, plan, "prompt_tokens", "completion_tokens");
    }

    static void writeForResponse(ObjectNode parent, MockPlan plan) {
        write(parent, plan, "input_tokens", "output_tokens");
    }

    private static void write(ObjectNode parent, MockPlan plan, String input, String output) {
        ObjectNode usage = parent.putObject("usage")
                .put(input, plan.inputTokens)
                .put(output, plan.outputTokens)
                .put("total_tokens", plan.inputTokens + plan.outputTokens);
        usage.putObject(input + "_details").put("cached_tokens", plan.cachedTokens);
        usage.putObject(output + "_details").put("reasoning_tokens", plan.reasoningTokens);
    }
}
