package dev.llmops.samples.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request body that is read field by field. Broken rules are collected and reported together by {@link #check}; unknown
 * fields are ignored.
 */
public final class JsonBody {

    /** The longest name of a user, model or feature, in characters. */
    public static final int MAX_NAME = 200;

    private final ObjectNode root;
    private final Map<String, String> problems = new LinkedHashMap<>();

    private JsonBody(ObjectNode root) {
        this.root = root;
    }

    public static JsonBody parse(Buffer body) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(body.getBytes());
        } catch (JacksonException e) {
            throw ApiError.invalid(
                            400,
                            "the body is not JSON (" + e.getOriginalMessage()
                                    + ") — a JSON object is allowed — send one")
                    .refusal();
        }
        if (root instanceof ObjectNode object) {
            return new JsonBody(object);
        }
        throw ApiError.invalid(400, "the body is " + kindOf(root) + " — a JSON object is allowed — send one")
                .refusal();
    }

    public ObjectNode root() {
        return root;
    }

    /** Reads a required string; must not be blank. */
    public String requiredString(String field, int maxLength) {
        String value = string(field, maxLength);
        if (value == null && !problems.containsKey(field)) {
            problem(field, "is missing — it is required");
        }
        return value == null ? "" : value;
    }

    /** Reads an optional string; null counts as absent. */
    @Nullable
    public String string(String field, int maxLength) {
        JsonNode value = root.path(field);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isString()) {
            problem(field, "is " + kindOf(value) + " — a string is allowed");
            return null;
        }
        String text = value.stringValue();
        if (text.isBlank()) {
            problem(field, "is blank — a text is required");
        } else if (text.length() > maxLength) {
            problem(field, "has " + text.length() + " characters — at most " + maxLength + " are allowed");
        }
        return text;
    }

    public int requiredInt(String field, int min, int max) {
        JsonNode value = root.path(field);
        if (isAbsent(value)) {
            problem(field, "is missing — it is required");
            return min;
        }
        if (!value.isIntegralNumber()) {
            problem(field, "is " + kindOf(value) + " — a whole number is allowed");
            return min;
        }
        if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            problem(field, "is " + value + " — " + min + " to " + max + " is allowed");
            return min;
        }
        return value.intValue();
    }

    public double requiredNumber(String field, double min, double max) {
        JsonNode value = root.path(field);
        if (isAbsent(value)) {
            problem(field, "is missing — it is required");
            return min;
        }
        if (!value.isNumber()) {
            problem(field, "is " + kindOf(value) + " — a number is allowed");
            return min;
        }
        double number = value.doubleValue();
        if (!(number >= min && number <= max)) {
            problem(field, "is " + value + " — " + min + " to " + max + " is allowed");
        }
        return number;
    }

    /** Reads a boolean; absent is false. */
    public boolean flag(String field) {
        JsonNode value = root.path(field);
        if (!isAbsent(value) && !value.isBoolean()) {
            problem(field, "is " + kindOf(value) + " — true and false are allowed");
        }
        return value.asBoolean(false);
    }

    public void requireNonEmptyList(String field) {
        JsonNode value = root.path(field);
        if (isAbsent(value)) {
            problem(field, "is missing — it is required");
        } else if (!value.isArray() || value.isEmpty()) {
            problem(field, "is " + kindOf(value) + " — a list with at least one element is allowed");
        }
    }

    public void problem(String field, String rule) {
        problems.putIfAbsent(field, field + " " + rule);
    }

    /** Refuses the request if any field broke a rule; call once, after all reading. */
    public void check() {
        if (!problems.isEmpty()) {
            String first = problems.keySet().iterator().next();
            throw new ApiError(
                            400,
                            "invalid_request",
                            String.join("; ", problems.values()) + " — send the request corrected",
                            first)
                    .refusal();
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String kindOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> value.isEmpty() ? "an empty list" : "a list";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> "the number " + value;
            case BOOLEAN, NULL -> value.toString();
            case BINARY, MISSING, POJO -> "nothing";
        };
    }
}
