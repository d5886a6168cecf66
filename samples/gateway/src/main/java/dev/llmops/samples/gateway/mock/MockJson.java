package dev.llmops.samples.gateway.mock;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of one answer, in the shapes of the OpenAI API. */
final class MockJson {

    private final String id;
    private final long created = Instant.now().getEpochSecond();
    private final String model;

    MockJson(long seed, String model) {
        id = "chatcmpl-mock-" + Long.toHexString(seed);
        this.model = model;
    }

    ObjectNode roleChunk() {
        ObjectNode chunk = chunk();
        choice(chunk).putObject("delta").put("role", "assistant").put("content", "");
        return chunk;
    }

    ObjectNode textChunk(String text, boolean reasoning) {
        ObjectNode chunk = chunk();
        choice(chunk).putObject("delta").put(reasoning ? "reasoning_content" : "content", text);
        return chunk;
    }

    ObjectNode finishChunk(MockPlan plan) {
        ObjectNode chunk = chunk();
        ObjectNode choice = choice(chunk);
        choice.putObject("delta");
        choice.put("finish_reason", finishReason(plan));
        scores(chunk, plan);
        return chunk;
    }

    ObjectNode usageChunk(MockPlan plan) {
        ObjectNode chunk = chunk();
        chunk.putArray("choices");
        usage(chunk, plan);
        return chunk;
    }

    ObjectNode completion(MockPlan plan, String reasoning, String content) {
        ObjectNode completion = envelope("chat.completion");
        ObjectNode choice = choice(completion);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", content);
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning);
        }
        choice.put("finish_reason", finishReason(plan));
        scores(completion, plan);
        if (plan.fault != MockFault.USAGE_MISSING) {
            usage(completion, plan);
        }
        return completion;
    }

    private ObjectNode chunk() {
        return envelope("chat.completion.chunk");
    }

    private ObjectNode envelope(String object) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static ObjectNode choice(ObjectNode parent) {
        return parent.putArray("choices").addObject().put("index", 0).putNull("finish_reason");
    }

    private static String finishReason(MockPlan plan) {
        return plan.cutByLimit ? "length" : "stop";
    }

    /** An extension of ours: what a judge would say of this answer, when the script asks for a score. */
    private static void scores(ObjectNode parent, MockPlan plan) {
        if (plan.faithfulness != null) {
            parent.putObject("evaluation").put("faithfulness", plan.faithfulness);
        }
    }

    private static void usage(ObjectNode parent, MockPlan plan) {
        ObjectNode usage = parent.putObject("usage")
                .put("prompt_tokens", plan.inputTokens)
                .put("completion_tokens", plan.outputTokens)
                .put("total_tokens", plan.inputTokens + plan.outputTokens);
        usage.putObject("prompt_tokens_details").put("cached_tokens", plan.cachedTokens);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", plan.reasoningTokens);
    }
}
