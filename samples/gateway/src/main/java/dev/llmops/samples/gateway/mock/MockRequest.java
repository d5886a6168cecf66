package dev.llmops.samples.gateway.mock;

import dev.llmops.samples.gateway.provider.ApiFormat;
import dev.llmops.samples.gateway.provider.TokenEstimate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a request that the mock provider reads. */
record MockRequest(
        ApiFormat format,
        String model,
        boolean stream,
        boolean includeUsage,
        int promptTokens,
        int maxTokens,
        @Nullable MockTool tool,
        MockEmbeddings embeddings) {

    private static final List<String> LIMITS = List.of("max_completion_tokens", "max_output_tokens", "max_tokens");

    /**
     * Reads a request body.
     *
     * @throws IllegalArgumentException with a message for the caller
     */
    static MockRequest parse(ApiFormat format, byte[] body) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the body is not JSON (" + e.getOriginalMessage() + ") — a JSON object is allowed — send one", e);
        }
        if (!root.path("model").isString()) {
            throw new IllegalArgumentException(
                    "model is " + root.path("model") + " — a string is required — name a model");
        }
        boolean hasMessages = format == ApiFormat.CHAT || format == ApiFormat.MESSAGES;
        if (hasMessages
                && (!root.path("messages").isArray() || root.path("messages").isEmpty())) {
            throw new IllegalArgumentException("messages is " + root.path("messages")
                    + " — a list with at least one message is required — add one");
        }
        boolean usageByOption = format == ApiFormat.CHAT || format == ApiFormat.COMPLETIONS;
        return new MockRequest(
                format,
                root.path("model").stringValue(),
                root.path("stream").asBoolean(false),
                !usageByOption
                        || root.path("stream_options").path("include_usage").asBoolean(false),
                format.promptFields().stream()
                        .mapToInt(field -> tokens(root.path(field)))
                        .sum(),
                LIMITS.stream()
                        .map(root::path)
                        .filter(JsonNode::isInt)
                        .findFirst()
                        .map(JsonNode::intValue)
                        .orElse(Integer.MAX_VALUE),
                MockTool.of(format, root).orElse(null),
                MockEmbeddings.of(root));
    }

    MockShape newShape(MockPlan plan) {
        return switch (format) {
            case CHAT -> new ChatShape(plan.seed, model, tool);
            case COMPLETIONS -> new TextShape(plan.seed, model);
            case RESPONSES -> new ResponseShape(plan.seed, model, tool);
            case MESSAGES -> new MessageShape(plan, model, tool);
            case EMBEDDINGS -> new PlainShape(embeddings, model, true);
            case MODERATIONS -> new PlainShape(embeddings, model, false);
        };
    }

    /** Returns what is said: a text, or the arguments of the tool that is called. */
    MockWords words(MockPlan plan) {
        return tool == null
                ? MockText.of(plan)
                : MockWords.cut(tool.arguments().toString(), Math.max(1, plan.outputTokens - plan.reasoningTokens));
    }

    private static int tokens(JsonNode node) {
        if (node.isString()) {
            return TokenEstimate.of(node.stringValue());
        }
        Stream<JsonNode> parts =
                node.isArray() ? node.valueStream() : Stream.of(node.path("content"), node.path("text"));
        return node.isContainer() ? parts.mapToInt(MockRequest::tokens).sum() : 0;
    }
}
