package dev.llmops.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.core.ObjectMappers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Writes the messages of a request as one text: a lone message of a user as it is, others in lines that begin with the role.
 * Requests are read as JSON, in which all kinds of blocks look alike; what is no text appears by its type, as {@code [image]}.
 */
final class PromptText {

    private PromptText() {}

    /**
     * Returns the prompt of a request.
     *
     * @param system the instructions, a text or a list of blocks
     * @param messages the list of messages
     */
    static String of(Object system, Object messages) {
        String instructions = text(json(system));
        List<JsonNode> all = elements(json(messages)).toList();
        if (instructions.isEmpty() && all.size() == 1 && role(all.get(0)).equals("user")) {
            return text(all.get(0).path("content"));
        }
        Stream<String> lines = all.stream().map(message -> role(message) + ": " + text(message.path("content")));
        return Stream.concat(instructions.isEmpty() ? Stream.of() : Stream.of("system: " + instructions), lines)
                .collect(Collectors.joining("\n"));
    }

    /** A field that is missing cannot be written. */
    private static JsonNode json(Object value) {
        return value instanceof JsonField<?> field && field.isMissing()
                ? MissingNode.getInstance()
                : ObjectMappers.jsonMapper().valueToTree(value);
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static String role(JsonNode message) {
        return message.path("role").asText("user");
    }

    private static String text(JsonNode node) {
        if (node.isArray()) {
            return elements(node)
                    .map(PromptText::text)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("\n"));
        }
        if (!node.isObject()) {
            return node.isTextual() ? node.textValue() : "";
        }
        return switch (node.path("type").asText()) {
            case "text" -> node.path("text").asText();
            case "tool_use" -> node.path("name").asText() + " " + node.path("input");
            case "tool_result" -> text(node.path("content"));
            default -> "[" + node.path("type").asText() + "]";
        };
    }
}
