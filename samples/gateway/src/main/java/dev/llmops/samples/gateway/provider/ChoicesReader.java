package dev.llmops.samples.gateway.provider;

import dev.llmops.core.record.CallError;
import dev.llmops.cost.usage.UsageShape;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads chat completions and text completions, streamed and whole. */
final class ChoicesReader extends AnswerReader {

    private final int requested;
    private final boolean streaming;
    private final Set<Integer> seen = new HashSet<>();
    private final Set<Integer> finished = new HashSet<>();
    private boolean emptyReason;

    /**
     * @param requested the number of choices that the request asks for
     */
    ChoicesReader(int requested, boolean streaming) {
        this.requested = requested;
        this.streaming = streaming;
    }

    @Override
    ProviderChunk chunk(@Nullable String event, String data, JsonNode root) throws ProviderException {
        JsonNode choices = root.path("choices");
        ProviderChunk.Builder chunk = ProviderChunk.builder(event, data)
                .id(root.path("id"))
                .model(root.path("model"))
                .scores(root.path("evaluation"))
                .billing(UsageShape.OPENAI_CHAT, root, data)
                .usageOnly(choices.isEmpty());
        for (JsonNode choice : choices) {
            int index = choice.path("index").asInt(0);
            seen.add(index);
            JsonNode text = choice.path("text");
            chunk.content(text.stringValue(""));
            message(chunk, choice.has("delta") ? choice.path("delta") : choice.path("message"));
            String reason = choice.path("finish_reason").stringValue("");
            emptyReason |= reason.isEmpty() && choice.path("finish_reason").isString();
            if (!reason.isEmpty()) {
                Optional<CallError> failure = StreamErrors.ofFinishReason(reason);
                if (failure.isPresent()) {
                    throw new ProviderException(failure.get(), root);
                }
                finished.add(index);
                chunk.finishReason(index, reason);
            }
        }
        return chunk.build();
    }

    private static void message(ProviderChunk.Builder chunk, JsonNode message) {
        content(chunk, message.path("content"));
        // DeepSeek and vLLM write reasoning_content, OpenRouter and newer vLLM reasoning; some write both.
        JsonNode reasoning =
                message.hasNonNull("reasoning_content") ? message.path("reasoning_content") : message.path("reasoning");
        chunk.reasoning(reasoning.stringValue(""));
        chunk.refusal(message.path("refusal").stringValue(""));
        function(chunk, message.path("function_call"));
        message.path("tool_calls").forEach(call -> function(chunk, call.path("function")));
        JsonNode audio = message.path("audio");
        String transcript = audio.path("transcript").stringValue("");
        chunk.other(transcript.isEmpty() && audio.path("data").isString() ? "audio" : transcript);
    }

    /** Reads a text, or the list of parts that Mistral sends. */
    private static void content(ProviderChunk.Builder chunk, JsonNode content) {
        chunk.content(content.stringValue(""));
        for (JsonNode part : content) {
            chunk.content(part.path("text").stringValue(""));
            chunk.refusal(part.path("refusal").stringValue(""));
            part.path("thinking")
                    .forEach(thought -> chunk.reasoning(thought.path("text").stringValue("")));
        }
    }

    private static void function(ProviderChunk.Builder chunk, JsonNode function) {
        chunk.other(function.path("name").stringValue(""));
        chunk.other(function.path("arguments").stringValue(""));
    }

    @Override
    boolean isLast(ProviderChunk chunk) {
        return false;
    }

    @Override
    Optional<String> incompleteness(boolean terminated) {
        if (!streaming) {
            return emptyReason ? Optional.of("the provider's answer has an empty finish reason") : Optional.empty();
        }
        if (seen.isEmpty()) {
            return Optional.of("the provider's stream ended without a choice");
        }
        // A server that ignores n says so by ending the stream in order.
        int expected = terminated ? seen.size() : Math.max(requested, seen.size());
        return finished.size() >= expected
                ? Optional.empty()
                : Optional.of("the provider's stream ended with " + finished.size() + " of " + expected
                        + " choices finished");
    }
}
