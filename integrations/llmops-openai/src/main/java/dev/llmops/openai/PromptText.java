package dev.llmops.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.openai.core.JsonField;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes the messages of a request as one text: a lone message of a user as it is, others in lines that begin with the role.
 * Requests are read as JSON, in which all kinds of messages look alike; what is no text appears by its type, as {@code
 * [image_url]}.
 */
final class PromptText {

    private PromptText() {}

    /** Returns the prompt of a request; empty for requests without messages. */
    static String of(Object params) {
        List<JsonNode> messages = new ArrayList<>();
        if (params instanceof ChatCompletionCreateParams chat) {
            add(json(chat._messages()), messages);
        } else if (params instanceof ResponseCreateParams response) {
            JsonNode instructions = json(response._instructions());
            if (instructions.isTextual()) {
                messages.add(ObjectMappers.jsonMapper()
                        .createObjectNode()
                        .put("role", "system")
                        .put("content", instructions.textValue()));
            }
            add(json(response._input()), messages);
        } else if (params instanceof CompletionCreateParams completion) {
            add(json(completion._prompt()), messages);
        }
        boolean isLone = messages.size() == 1 && role(messages.get(0)).equals("user");
        return isLone
                ? text(messages.get(0))
                : messages.stream()
                        .map(message -> role(message) + ": " + text(message))
                        .collect(Collectors.joining("\n"));
    }

    /** A field that is missing cannot be written. */
    private static JsonNode json(JsonField<?> field) {
        return field.isMissing()
                ? MissingNode.getInstance()
                : ObjectMappers.jsonMapper().valueToTree(field);
    }

    private static void add(JsonNode messages, List<JsonNode> all) {
        if (messages.isArray()) {
            messages.forEach(all::add);
        } else if (messages.isTextual()) {
            all.add(messages);
        }
    }

    /** Items of the Responses API that have no role are a tool's call or its result. */
    private static String role(JsonNode message) {
        String type = message.path("type").asText();
        String withoutRole = type.endsWith("_output") ? "tool" : type.endsWith("_call") ? "assistant" : "user";
        return message.path("role").asText(withoutRole);
    }

    private static String text(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(PromptText::text)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("\n"));
        }
        if (node.path("function").isObject()) {
            return text(node.path("function"));
        }
        if (node.has("arguments")) {
            return node.path("name").asText() + " " + node.path("arguments").asText();
        }
        for (String field : List.of("text", "refusal", "output")) {
            if (node.hasNonNull(field)) {
                return text(node.path(field));
            }
        }
        return content(node);
    }

    private static String content(JsonNode node) {
        if (node.has("content") || node.has("tool_calls")) {
            return List.of(node.path("content"), node.path("tool_calls")).stream()
                    .map(PromptText::text)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("\n"));
        }
        return node.has("type") ? "[" + node.path("type").asText() + "]" : "";
    }
}
