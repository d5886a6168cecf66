package dev.llmops.samples.gateway.provider;

import dev.llmops.core.ProviderErrors;
import dev.llmops.core.TokenUsage;
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
        TokenUsage usage = usage(root.path("usage"));
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

    private static @Nullable TokenUsage usage(JsonNode usage) {
        if (!usage.path("prompt_tokens").isIntegralNumber()
                || !usage.path("completion_tokens").isIntegralNumber()) {
            return null;
        }
        JsonNode input = usage.path("prompt_tokens_details");
        JsonNode output = usage.path("completion_tokens_details");
        return TokenUsage.inclusive(
                        usage.path("prompt_tokens").longValue(),
                        usage.path("completion_tokens").longValue())
                .cachedInput(input.path("cached_tokens").longValue(0))
                .reasoning(output.path("reasoning_tokens").longValue(0));
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
