package dev.llmops.samples.gateway.calls;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks of a model.
 *
 * @param model the model that is asked
 * @param user whom to account the call to
 * @param feature the part of the client's product that asks
 * @param body the request as the provider understands it
 * @param budget how long the client is willing to wait; null for as long as it takes
 */
public record ModelRequest(
        String model,
        @Nullable String user,
        @Nullable String feature,
        ObjectNode body,
        @Nullable Duration budget) {

    boolean isStreaming() {
        return body.path("stream").asBoolean(false);
    }

    /** The text of all messages, one below the other. */
    String prompt() {
        StringBuilder prompt = new StringBuilder();
        for (JsonNode message : body.path("messages")) {
            JsonNode content = message.path("content");
            appendLine(prompt, content.stringValue(""));
            for (JsonNode part : content) {
                appendLine(prompt, part.path("text").stringValue(""));
            }
        }
        return prompt.toString();
    }

    private static void appendLine(StringBuilder prompt, String text) {
        prompt.append(prompt.isEmpty() || text.isEmpty() ? "" : "\n").append(text);
    }
}
