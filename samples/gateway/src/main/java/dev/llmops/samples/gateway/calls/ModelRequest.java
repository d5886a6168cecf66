package dev.llmops.samples.gateway.calls;

import dev.llmops.samples.gateway.provider.ApiFormat;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's request to a model.
 *
 * @param format the format of {@code body}
 * @param model the requested model
 * @param user the account of the call
 * @param feature the part of the client's product that makes the call
 * @param body the request as the provider understands it
 * @param fallback the same without {@code stream_options}, for providers that refuse them; null if there is none
 * @param budget the time that the client is willing to wait; null for no limit
 */
public record ModelRequest(
        ApiFormat format,
        String model,
        @Nullable String user,
        @Nullable String feature,
        ObjectNode body,
        @Nullable ObjectNode fallback,
        @Nullable Duration budget) {

    /** Returns the same request of another account. */
    ModelRequest of(@Nullable String account) {
        return new ModelRequest(format, model, account, feature, body, fallback, budget);
    }

    /** Returns the same request to another model. */
    ModelRequest withModel(String other) {
        if (other.equals(model)) {
            return this;
        }
        ObjectNode changed = body.deepCopy().put("model", other);
        ObjectNode changedFallback =
                fallback == null ? null : fallback.deepCopy().put("model", other);
        return new ModelRequest(format, other, user, feature, changed, changedFallback, budget);
    }

    /** Returns true if the answer is asked for as a stream. */
    public boolean isStreaming() {
        return body.path("stream").asBoolean(false);
    }

    /** Returns the text of all messages, one below the other. */
    public String prompt() {
        StringBuilder prompt = new StringBuilder();
        format.promptFields().forEach(field -> append(prompt, body.path(field)));
        return prompt.toString();
    }

    private static void append(StringBuilder prompt, JsonNode node) {
        if (node.isString()) {
            String text = node.stringValue();
            prompt.append(prompt.isEmpty() || text.isEmpty() ? "" : "\n").append(text);
        } else if (node.isArray()) {
            node.forEach(element -> append(prompt, element));
        } else if (node.isObject()) {
            append(prompt, node.path("content"));
            append(prompt, node.path("text"));
        }
    }
}
