package dev.llmops.samples.provider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reply to a conversation: a text, or a request for a tool.
 *
 * @param text the text, empty with a tool
 * @param tool the tool's name, or null
 * @param arguments the tool's arguments as JSON, empty without a tool
 */
record Reply(String text, @Nullable String tool, String arguments) {

    static final String NOTHING_FOUND = "The documents do not say.";

    /** The share of a question that a sentence has to have in common with it. */
    private static final double CLOSE = 0.2;

    static Reply to(JsonNode request) {
        List<JsonNode> messages = list(request.path("messages"));
        String question = textOf(messages, "user").reduce("", (earlier, last) -> last);
        List<String> results = resultsAtEnd(messages);
        if (!results.isEmpty()) {
            return new Reply(String.join(" ", results), null, "");
        }
        return list(request.path("tools")).stream()
                .map(tool -> tool.path("function"))
                .filter(function -> names(question, function))
                .findFirst()
                .map(function -> new Reply("", function.path("name").asString(), arguments(function, question)))
                .orElseGet(() -> new Reply(closest(messages, question), null, ""));
    }

    /** Returns the content of the tool messages that end the conversation. */
    private static List<String> resultsAtEnd(List<JsonNode> messages) {
        List<String> results = new ArrayList<>();
        for (JsonNode message : messages) {
            if (message.path("role").asString().equals("tool")) {
                results.add(unquoted(content(message)));
            } else {
                results.clear();
            }
        }
        return results;
    }

    /** Spring AI sends a text as a JSON string, LangChain4j as it is. */
    private static String unquoted(String result) {
        return result.startsWith("\"") ? JsonMapper.shared().readTree(result).asString() : result;
    }

    /** A question names a tool if it holds the first word of the tool's name, as "order" of orderStatus or order_status. */
    private static boolean names(String question, JsonNode function) {
        String firstWord = function.path("name").asString().split("_|(?=[A-Z])", 2)[0];
        return Words.meaningful(question).containsAll(Words.meaningful(firstWord));
    }

    /** Gives each parameter the first word of the question that holds a digit, as "A-1001", and else the whole question. */
    private static String arguments(JsonNode function, String question) {
        String word = Arrays.stream(question.split("[\\s?!,.;]+"))
                .filter(each -> each.chars().anyMatch(Character::isDigit))
                .findFirst()
                .orElse(question);
        ObjectNode arguments = JsonMapper.shared().createObjectNode();
        function.path("parameters").path("properties").propertyNames().forEach(name -> arguments.put(name, word));
        return arguments.toString();
    }

    private static String closest(List<JsonNode> messages, String question) {
        Optional<String> best = textOf(messages, "system")
                .flatMap(text -> text.lines())
                .flatMap(line -> Arrays.stream(line.split("(?<=[.!?])\\s+")))
                .filter(sentence -> Embeddings.similarity(sentence, question) >= CLOSE)
                .max(Comparator.comparingDouble(sentence -> Embeddings.similarity(sentence, question)));
        return best.orElse(NOTHING_FOUND);
    }

    private static Stream<String> textOf(List<JsonNode> messages, String role) {
        return messages.stream()
                .filter(message -> message.path("role").asString().equals(role))
                .map(Reply::content);
    }

    /** Returns a message's text, which is a string or a list of parts. */
    static String content(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isArray()
                ? list(content).stream()
                        .map(part -> part.path("text").asString(""))
                        .collect(Collectors.joining("\n"))
                : content.asString("");
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
