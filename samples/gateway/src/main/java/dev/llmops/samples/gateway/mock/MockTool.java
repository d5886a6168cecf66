package dev.llmops.samples.gateway.mock;

import dev.llmops.samples.gateway.provider.ApiFormat;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of a client's tool, which the mock model asks for instead of a text: of the tool that {@code tool_choice} names, or
 * of the first one, until the last message is a tool's result.
 *
 * @param arguments as the tool's schema allows them
 */
record MockTool(String name, ObjectNode arguments) {

    private static final int MAX_DEPTH = 8;

    static Optional<MockTool> of(ApiFormat format, JsonNode request) {
        JsonNode choice = request.path("tool_choice");
        String mode =
                choice.isString() ? choice.stringValue() : choice.path("type").stringValue("");
        if (mode.equals("none") || hasResult(format, request)) {
            return Optional.empty();
        }
        String named = function(choice).path("name").stringValue("");
        return Stream.concat(
                        request.path("tools").valueStream(),
                        request.path("functions").valueStream())
                .map(MockTool::function)
                .filter(tool -> tool.path("name").isString())
                .filter(tool ->
                        named.isEmpty() || tool.path("name").stringValue().equals(named))
                .findFirst()
                .map(tool -> new MockTool(tool.path("name").stringValue(), arguments(tool)));
    }

    /** Returns the part of a tool that chat completions nest and the other APIs do not. */
    private static JsonNode function(JsonNode tool) {
        return tool.path("function").isObject() ? tool.path("function") : tool;
    }

    private static boolean hasResult(ApiFormat format, JsonNode request) {
        JsonNode messages = request.path(format == ApiFormat.RESPONSES ? "input" : "messages");
        JsonNode last = messages.path(messages.size() - 1);
        return last.path("role").stringValue("").matches("tool|function")
                || last.path("type").stringValue("").equals("function_call_output")
                || last.path("content")
                        .valueStream()
                        .anyMatch(part -> part.path("type").stringValue("").equals("tool_result"));
    }

    private static ObjectNode arguments(JsonNode tool) {
        JsonNode schema = tool.has("input_schema") ? tool.path("input_schema") : tool.path("parameters");
        return object(schema, 0);
    }

    private static ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        if (depth < MAX_DEPTH) {
            schema.path("properties")
                    .forEachEntry((name, property) -> object.set(name, value(name, property, depth + 1)));
        }
        return object;
    }

    private static JsonNode value(String name, JsonNode schema, int depth) {
        ObjectNode holder = JsonMapper.shared().createObjectNode();
        JsonNode first = schema.path("enum").path(0);
        if (!first.isMissingNode()) {
            return first;
        }
        switch (schema.path("type").stringValue("")) {
            case "integer", "number" -> holder.put(name, 1);
            case "boolean" -> holder.put(name, true);
            case "array" -> holder.putArray(name);
            case "object" -> holder.set(name, object(schema, depth));
            default -> holder.put(name, "mock " + name);
        }
        return holder.path(name);
    }
}
