package dev.llmops.samples.gateway.provider;

import dev.llmops.cost.usage.UsageReader;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads chat completions and text completions, streamed and whole. */
final class ChoicesReader extends AnswerReader {

    private final int requested;
    private final boolean streaming;
    private final Set<Integer> seen = new HashSet<>();

    /**
     * @param requested the number of choices that the request asks for
     */
    ChoicesReader(int requested, boolean streaming) {
        this.requested = requested;
        this.streaming = streaming;
    }

    @Override
    ProviderChunk chunk(@Nullable String event, String data, JsonNode root) {
        JsonNode choices = root.path("choices");
        ProviderChunk.Builder chunk = ProviderChunk.builder(event, data)
                .id(root.path("id"))
                .model(root.path("model"))
                .scores(root.path("evaluation"))
                .billing(UsageReader.Shape.OPENAI_CHAT, root, data)
                .usageOnly(choices.isEmpty());
        for (JsonNode choice : choices) {
            int index = choice.path("index").asInt(0);
            seen.add(index);
            JsonNode text = choice.path("text");
            chunk.content(text.stringValue(""));
            message(chunk, choice.has("delta") ? choice.path("delta") : choice.path("message"));
            if (choice.path("finish_reason").isString()) {
                chunk.finishReason(index, choice.path("finish_reason").stringValue());
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
        chunk.tool(function.path("name").stringValue(""));
        chunk.other(function.path("arguments").stringValue(""));
    }

    @Override
    int expectedChoices(boolean terminated) {
        if (!streaming) {
            return 0;
        }
        // A server that ignores n says so by ending the stream in order.
        return Math.max(terminated ? 1 : requested, seen.size());
    }
}
