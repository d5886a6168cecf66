package dev.llmops.slo.internal;

import dev.llmops.core.record.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A property of a file, present or not, that knows its path, so that every problem names it. Problems are collected, not
 * thrown; what cannot be read is null or empty.
 */
public final class ConfigNode {

    /**
     * Something that is wrong with a property.
     *
     * @param object the object that the property is of; empty for the file itself
     * @param path the property, such as {@code objectives[0].target}
     * @param rule the rule in a word; empty where rules have no names
     * @param message the value, the rule and the remedy
     * @param isWarning true if the file is taken all the same
     */
    public record Problem(String object, String path, String rule, String message, boolean isWarning) {

        @Override
        public String toString() {
            return (object.isEmpty() ? "" : object + ": ") + path + " " + message;
        }
    }

    private final @Nullable JsonNode node;
    private final String path;
    private final String object;
    private final Consumer<Problem> problems;
    private final Set<String> known = new HashSet<>();

    private ConfigNode(@Nullable JsonNode node, String path, String object, Consumer<Problem> problems) {
        this.node = node == null || node.isNull() ? null : node;
        this.path = path;
        this.object = object;
        this.problems = problems;
    }

    /**
     * Begins at the root of a document.
     *
     * @param object the name of the object for its problems; empty for the file itself
     */
    public static ConfigNode root(JsonNode node, String object, Consumer<Problem> problems) {
        return new ConfigNode(node, "", object, problems);
    }

    // The property itself

    /** Returns the property of a name, which may be absent. */
    public ConfigNode get(String name) {
        known.add(name);
        return new ConfigNode(node == null ? null : node.get(name), path(name), object, problems);
    }

    private String path(String name) {
        return path.isEmpty() ? name : name.isEmpty() ? path : path + "." + name;
    }

    /** Returns the elements of a list; none if it is no list. */
    public List<ConfigNode> elements() {
        if (node == null || !node.isArray()) {
            return List.of();
        }
        JsonNode list = node;
        return IntStream.range(0, list.size())
                .mapToObj(i -> new ConfigNode(list.get(i), path + "[" + i + "]", object, problems))
                .toList();
    }

    public boolean isPresent() {
        return node != null;
    }

    /** Returns true if there is nothing in it: absent, an empty text, or an empty mapping or list. */
    public boolean isEmpty() {
        return node == null
                || (node.isContainer() ? node.isEmpty() : node.asString().isEmpty());
    }

    public boolean isTrue() {
        return node != null && node.isBoolean() && node.booleanValue();
    }

    /** Returns the text of a single value of any kind; empty if it is absent or no single value. */
    public String text() {
        return node == null || node.isContainer() ? "" : node.asString();
    }

    public List<String> keys() {
        return node == null
                ? List.of()
                : node.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** Returns true if it holds the same mappings, lists and texts. */
    public boolean isSameAs(Object value) {
        return node != null && node.equals(Yaml.readJson(Yaml.writeJson(value)));
    }

    public Problem problemOf(String rule, String message) {
        return new Problem(object, path, rule, message, false);
    }

    public void problem(String rule, String message) {
        problems.accept(problemOf(rule, message));
    }

    public void warn(String rule, String message) {
        problems.accept(new Problem(object, path, rule, message, true));
    }

    /** Returns the number, reported if it is none. */
    public @Nullable BigDecimal number() {
        try {
            return Decimals.parse(text());
        } catch (NumberFormatException e) {
            problem("number", "is '" + text() + "' — a number");
            return null;
        }
    }

    // Its properties by name

    public boolean has(String key) {
        return get(key).isPresent();
    }

    /** Returns the text under a key; what is no single value is a problem. */
    public @Nullable String text(String key) {
        ConfigNode value = get(key);
        if (value.node != null && value.node.isContainer()) {
            value.problem("", "is " + value.node + " — a single value");
            return null;
        }
        return value.node == null ? null : value.text();
    }

    public String text(String key, String fallback) {
        String text = text(key);
        return text == null ? fallback : text;
    }

    public @Nullable String required(String key, String example) {
        if (!has(key)) {
            get(key).problem("", "is missing — a value — write for example " + key + ": " + example);
            return null;
        }
        return text(key);
    }

    /** Converts a text; what the converter refuses is a problem of the key, or of this property for an empty key. */
    public <T> @Nullable T as(String key, @Nullable String text, Function<String, T> converter) {
        if (text == null) {
            return null;
        }
        try {
            return converter.apply(text);
        } catch (IllegalArgumentException e) {
            String message = e instanceof NumberFormatException
                    ? "is '" + text + "' — a number"
                    : String.valueOf(e.getMessage());
            report(key, message);
            return null;
        }
    }

    /** Reports a problem of a key, or of this property for an empty key; a message may begin with the key itself. */
    public void report(String key, String message) {
        boolean named = message.startsWith(key + " ");
        problems.accept(
                new Problem(object, path(key), "", named ? message.substring(key.length() + 1) : message, false));
    }

    public @Nullable BigDecimal number(String key) {
        return as(key, text(key), Decimals::parse);
    }

    /** Returns a whole number; what is none is a problem. */
    public @Nullable Integer integer(String key) {
        return as(key, text(key), text -> {
            try {
                return Decimals.parse(text).intValueExact();
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("is '" + text + "' — a whole number", e);
            }
        });
    }

    public List<String> texts(String key) {
        ConfigNode value = get(key);
        if (value.node == null || !value.node.isArray()) {
            String single = text(key);
            return single == null ? List.of() : List.of(single);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value.node.values()) {
            if (element.isContainer()) {
                value.problem("", "has " + element + " — a list of single values");
            } else {
                texts.add(element.asString());
            }
        }
        return texts;
    }

    public Map<String, String> textsByKey(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        ConfigNode child = child(key);
        if (child != null) {
            child.keys().forEach(name -> texts.put(name, child.text(name, "")));
        }
        return texts;
    }

    /** Returns the mapping under a key; null if it is absent. What is no mapping is a problem. */
    public @Nullable ConfigNode child(String key) {
        return has(key) ? get(key).mapping() : null;
    }

    /** Returns the mappings in the list under a key. What is no list, or no mapping, is a problem. */
    public List<ConfigNode> children(String key) {
        ConfigNode value = get(key);
        if (value.node != null && !value.node.isArray()) {
            value.problem("", "is " + value.node + " — a list");
        }
        return value.elements().stream().map(ConfigNode::mapping).toList();
    }

    private ConfigNode mapping() {
        if (node == null || !node.isObject()) {
            problem("", "is " + node + " — a mapping");
        }
        return this;
    }

    public boolean isEmptyList(String key) {
        JsonNode value = get(key).node;
        return value != null && value.isArray() && value.isEmpty();
    }

    public boolean isScalar(String key) {
        JsonNode value = get(key).node;
        return value != null && !value.isContainer();
    }

    /** Reports keys that were not read: a misspelt property must not be silently the default. */
    public void rejectUnknown() {
        List<String> allowed = known.stream().sorted().toList();
        keys().stream().filter(key -> !known.contains(key)).forEach(key -> report(key, "is unknown here — " + allowed));
    }

    /** Requires exactly one of the properties of this one, or at most one when none is needed; true if one is there. */
    public boolean exclusive(boolean needed, String... names) {
        long present = Arrays.stream(names).filter(this::has).count();
        if (present > 1 || (needed && present == 0)) {
            problem(
                    "mutually_exclusive",
                    "has " + present + " of " + String.join(", ", names) + " — "
                            + (needed ? "exactly one" : "at most one") + " — "
                            + (present > 1 ? "remove one" : "add one"));
        }
        return present == 1;
    }
}
