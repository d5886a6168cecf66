package dev.llmops.samples.gateway.mock;

import dev.llmops.samples.gateway.provider.TokenEstimate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a chat-completions request that the mock provider looks at. */
record MockRequest(String model, boolean stream, boolean includeUsage, int promptTokens, int maxTokens) {

    /**
     * Reads a request body.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    static MockRequest parse(byte[] body) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the body must be JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.path("model").isString()) {
            throw new IllegalArgumentException("model must be a string");
        }
        if (!root.path("messages").isArray() || root.path("messages").isEmpty()) {
            throw new IllegalArgumentException("messages must be a list with at least one message");
        }
        int promptTokens = 0;
        for (JsonNode message : root.path("messages")) {
            promptTokens += contentTokens(message.path("content"));
        }
        JsonNode limit = root.path("max_completion_tokens").isInt()
                ? root.path("max_completion_tokens")
                : root.path("max_tokens");
        return new MockRequest(
                root.path("model").stringValue(),
                root.path("stream").asBoolean(false),
                root.path("stream_options").path("include_usage").asBoolean(false),
                promptTokens,
                limit.asInt(Integer.MAX_VALUE));
    }

    private static int contentTokens(JsonNode content) {
        if (content.isString()) {
            return TokenEstimate.of(content.stringValue());
        }
        int tokens = 0;
        for (JsonNode part : content) {
            tokens += TokenEstimate.of(part.path("text").asString(""));
        }
        return tokens;
    }
}
