package dev.llmops.slo.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A mapping in a file that knows its path, so that every problem names its property. Problems are collected, not thrown;
 * what cannot be read is null.
 */
public final class ConfigNode {

    private final JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();

    public ConfigNode(JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (!node.isObject()) {
            problems.add(path + " is " + node + " — a mapping");
        }
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    public void problem(String key, String message) {
        String rule = message.startsWith(key + " ") ? message.substring(key.length() + 1) : message;
        problems.add((key.isEmpty() ? path : path(key)) + " " + rule);
    }

    public boolean has(String key) {
        known.add(key);
        JsonNode value = node.get(key);
        return value != null && !value.isNull();
    }

    /** The value under a key as text; scalars of any kind have one. */
    @Nullable
    public String text(String key) {
        if (!has(key)) {
            return null;
        }
        JsonNode value = node.get(key);
        if (value.isContainer()) {
            problem(key, "is " + value + " — a single value");
            return null;
        }
        return value.asString();
    }

    public String text(String key, String fallback) {
        String text = text(key);
        return text == null ? fallback : text;
    }

    @Nullable
    public String required(String key, String example) {
        if (!has(key)) {
            problem(key, "is missing — a value — write for example " + key + ": " + example);
            return null;
        }
        return text(key);
    }

    /** Converts a text; what the converter refuses is a problem of the key. */
    public <T> @Nullable T as(String key, @Nullable String text, Function<String, T> converter) {
        if (text == null) {
            return null;
        }
        try {
            return converter.apply(text);
        } catch (IllegalArgumentException e) {
            problem(key, e instanceof NumberFormatException ? "is '" + text + "' — a number" : reason(e));
            return null;
        }
    }

    private static String reason(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }

    @Nullable
    public BigDecimal number(String key) {
        return as(key, text(key), Decimals::parse);
    }

    public List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        JsonNode value = node.get(key);
        if (!value.isArray()) {
            String single = text(key);
            return single == null ? List.of() : List.of(single);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value.values()) {
            if (element.isContainer()) {
                problem(key, "has " + element + " — a list of single values");
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
            for (String name : child.keys()) {
                texts.put(name, child.text(name, ""));
            }
        }
        return texts;
    }

    @Nullable
    public ConfigNode child(String key) {
        return has(key) ? new ConfigNode(node.get(key), path(key), problems) : null;
    }

    public List<ConfigNode> children(String key) {
        if (!has(key)) {
            return List.of();
        }
        JsonNode value = node.get(key);
        if (!value.isArray()) {
            problem(key, "is " + value + " — a list");
            return List.of();
        }
        List<ConfigNode> children = new ArrayList<>();
        int index = 0;
        for (JsonNode element : value.values()) {
            children.add(new ConfigNode(element, path(key) + "[" + index++ + "]", problems));
        }
        return children;
    }

    public boolean isEmptyList(String key) {
        return has(key) && node.get(key).isArray() && node.get(key).isEmpty();
    }

    public boolean isScalar(String key) {
        return has(key) && !node.get(key).isContainer();
    }

    public List<String> keys() {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** Reports keys that were not read: a misspelt property must not be silently the default. */
    public void rejectUnknown() {
        for (String key : keys()) {
            if (!known.contains(key)) {
                problem(key, "is unknown here — " + known.stream().sorted().toList());
            }
        }
    }
}
