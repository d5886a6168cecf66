package dev.llmops.samples.gateway.provider;

import dev.llmops.cost.usage.UsageReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads OpenAI's responses, streamed and whole. */
final class ResponsesReader extends AnswerReader {

    private boolean ended;

    @Override
    ProviderChunk chunk(@Nullable String event, String data, JsonNode root) {
        String type = root.path("type").stringValue("");
        ProviderChunk.Builder chunk = ProviderChunk.builder(event, data);
        String delta = root.path("delta").stringValue("");
        switch (type) {
            case "response.output_text.delta" -> chunk.content(delta);
            case "response.refusal.delta" -> chunk.refusal(delta);
            case "response.reasoning_text.delta", "response.reasoning_summary_text.delta" -> chunk.reasoning(delta);
            case "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta",
                    "response.audio.transcript.delta" -> chunk.other(delta);
            case "response.output_item.added" -> chunk.tool(toolOf(root.path("item")));
            default -> {} // bookkeeping, or an event whose text is repeated elsewhere
        }
        JsonNode response = root.path("response").isObject() ? root.path("response") : root;
        chunk.id(response.path("id")).model(response.path("model"));
        boolean whole = !root.has("type") || root.path("object").stringValue("").equals("response");
        if (whole) {
            output(chunk, root.path("output"));
        }
        status(chunk, response, whole ? "" : type);
        return chunk.build();
    }

    private static String toolOf(JsonNode item) {
        return item.path("type").stringValue("").endsWith("_call")
                ? item.path("name").stringValue("")
                : "";
    }

    private static void output(ProviderChunk.Builder chunk, JsonNode output) {
        for (JsonNode item : output) {
            chunk.tool(toolOf(item));
            chunk.other(item.path("arguments").stringValue(""));
            for (JsonNode part : item.path("content")) {
                chunk.content(part.path("text").stringValue(""));
                chunk.refusal(part.path("refusal").stringValue(""));
            }
        }
    }

    private void status(ProviderChunk.Builder chunk, JsonNode response, String type) {
        String status = response.path("status").stringValue("");
        if (status.equals("completed") || status.equals("incomplete")) {
            ended = true;
            chunk.finishReason(
                    0, response.path("incomplete_details").path("reason").stringValue("stop"));
            chunk.billing(UsageReader.Shape.OPENAI_RESPONSES, response, response.toString());
        } else if (type.isEmpty()) {
            ended = true; // accepted in the background: the client asks for the answer later
        }
    }

    @Override
    boolean isLast(ProviderChunk chunk) {
        return ended;
    }

    @Override
    int expectedChoices(boolean terminated) {
        return ended ? 0 : 1;
    }
}
