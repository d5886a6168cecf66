package dev.llmops.samples.gateway.provider;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.cost.usage.UsageReader;
import dev.llmops.cost.usage.UsageReading;
import dev.llmops.cost.usage.UsageShape;
import java.net.ProtocolException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One chunk of an answer, or a whole answer that was not streamed.
 *
 * @param raw the JSON as it came
 * @param id the provider's name for the answer, if the chunk says it
 * @param model the model that answers, if the chunk says so
 * @param content the text of the answer
 * @param reasoning the model's thinking aloud
 * @param toolArguments what the model writes into the arguments of its tool calls
 * @param finishReason why the model ended, on the chunk where it does
 * @param usage what the provider counted, on the chunk that carries it
 * @param usageOnly whether the chunk exists for its usage alone
 * @param billing what else decides the price, as attributes of the call: service tier and the provider's own figure
 * @param scores evaluation scores by name that a provider adds to its answer
 */
public record ProviderChunk(
        String raw,
        @Nullable String id,
        @Nullable String model,
        String content,
        String reasoning,
        String toolArguments,
        @Nullable String finishReason,
        @Nullable TokenUsage usage,
        boolean usageOnly,
        Map<String, String> billing,
        Map<String, Double> scores) {

    /**
     * Reads a chunk.
     *
     * @throws ProtocolException when it is no JSON object
     * @throws ProviderException when it is an error object
     */
    static ProviderChunk parse(String raw) throws ProtocolException, ProviderException {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(raw);
        } catch (JacksonException e) {
            throw new ProtocolException("the provider sent a chunk that is no JSON: " + e.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw new ProtocolException("the provider sent a chunk that is no JSON object");
        }
        if (root.hasNonNull("error")) {
            throw new ProviderException(ProviderErrors.ofStream(raw), null);
        }
        JsonNode choices = root.path("choices");
        UsageReading billing = billing(root, raw);
        TokenUsage usage = billing.usage().origin() == UsageOrigin.UNKNOWN ? null : billing.usage();
        return new ProviderChunk(
                raw,
                root.path("id").stringValue(null),
                root.path("model").stringValue(null),
                join(choices, message -> message.path("content")),
                join(choices, ProviderChunk::reasoningOf),
                toolArguments(choices),
                finishReason(choices),
                usage,
                usage != null && choices.isEmpty(),
                billing.attributes(),
                scores(root.path("evaluation")));
    }

    /**
     * How many output tokens the chunk is worth, as far as its text tells.
     *
     * @return an estimate of content, reasoning and tool arguments together
     */
    public int outputTokens() {
        return TokenEstimate.of(content) + TokenEstimate.of(reasoning) + TokenEstimate.of(toolArguments);
    }

    /**
     * Whether all the chunk holds is thinking aloud.
     *
     * @return false also for an empty chunk
     */
    public boolean isReasoning() {
        return !reasoning.isEmpty() && content.isEmpty() && toolArguments.isEmpty();
    }

    private static JsonNode messageOf(JsonNode choice) {
        return choice.has("delta") ? choice.path("delta") : choice.path("message");
    }

    // DeepSeek and vLLM write reasoning_content, OpenRouter and newer vLLM reasoning.
    private static JsonNode reasoningOf(JsonNode message) {
        return message.has("reasoning_content") ? message.path("reasoning_content") : message.path("reasoning");
    }

    private static String join(JsonNode choices, Function<JsonNode, JsonNode> part) {
        String text = "";
        for (JsonNode choice : choices) {
            text += part.apply(messageOf(choice)).stringValue("");
        }
        return text;
    }

    private static String toolArguments(JsonNode choices) {
        StringBuilder arguments = new StringBuilder();
        for (JsonNode choice : choices) {
            for (JsonNode call : messageOf(choice).path("tool_calls")) {
                arguments.append(call.path("function").path("arguments").stringValue(""));
            }
        }
        return arguments.toString();
    }

    private static @Nullable String finishReason(JsonNode choices) {
        for (JsonNode choice : choices) {
            if (choice.path("finish_reason").isString()) {
                return choice.path("finish_reason").stringValue();
            }
        }
        return null;
    }

    /** What the chunk says about its bill; most say nothing, and are not read again for it. */
    private static UsageReading billing(JsonNode root, String raw) {
        UsageReader reader = new UsageReader(UsageShape.OPENAI_CHAT, "");
        if (root.hasNonNull("usage") || root.has("x_groq")) {
            reader.accept(raw);
        }
        return reader.reading();
    }

    private static Map<String, Double> scores(JsonNode evaluation) {
        Map<String, Double> scores = new LinkedHashMap<>();
        evaluation.forEachEntry((name, score) -> {
            if (score.isNumber()) {
                scores.put(name, score.doubleValue());
            }
        });
        return Map.copyOf(scores);
    }
}
