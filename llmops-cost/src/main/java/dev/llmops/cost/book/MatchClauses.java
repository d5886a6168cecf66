package dev.llmops.cost.book;

import dev.llmops.cost.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** Reads rules on names of the form {@code {starts_with: gpt-4o}} or {@code {or: [{equals: a}, {contains: b}]}}. */
public final class MatchClauses {

    private static final int MAX_REGEX_LENGTH = 200;

    private MatchClauses() {}

    /**
     * Reads one rule.
     *
     * @throws IllegalArgumentException if the node is no such rule
     */
    public static ModelMatch read(JsonNode clause) {
        if (!clause.isObject() || clause.size() != 1) {
            throw new IllegalArgumentException("is " + Json.abbreviated(clause)
                    + " — a name, or one of equals, starts_with, ends_with, contains, regex, or, and");
        }
        Map.Entry<String, JsonNode> rule = clause.properties().iterator().next();
        JsonNode value = rule.getValue();
        return switch (rule.getKey()) {
            case "equals" -> new ModelMatch.Equal(value.asString());
            case "starts_with" -> new ModelMatch.StartsWith(value.asString());
            case "ends_with" -> new ModelMatch.EndsWith(value.asString());
            case "contains" -> new ModelMatch.Contains(value.asString());
            case "regex" -> regex(value.asString());
            case "or" -> new ModelMatch.AnyOf(readAll(value));
            case "and" -> new ModelMatch.AllOf(readAll(value));
            default ->
                throw new IllegalArgumentException(
                        "rule is " + rule.getKey() + " — equals, starts_with, ends_with, contains, regex, or, and");
        };
    }

    private static List<ModelMatch> readAll(JsonNode clauses) {
        List<ModelMatch> rules = new ArrayList<>();
        clauses.forEach(clause -> rules.add(read(clause)));
        return rules;
    }

    private static ModelMatch regex(String expression) {
        if (expression.length() > MAX_REGEX_LENGTH) {
            throw new IllegalArgumentException(
                    "regex has " + expression.length() + " characters — at most " + MAX_REGEX_LENGTH);
        }
        try {
            return ModelMatch.Regex.of(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "regex is " + expression + " — one that compiles (" + e.getDescription() + ")", e);
        }
    }
}
