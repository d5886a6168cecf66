package dev.llmops.cost.usage;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds a count in a usage block that cannot be true: no whole number, below zero, or beyond what any call uses. */
final class UnreadableCount {

    private static final Pattern COUNT_NAME =
            Pattern.compile("(?i).*(tokens?|count|queries|requests|calls|units|searches|used|processed)");

    private static final Pattern SECONDS_NAME = Pattern.compile("(?i).*seconds");

    private UnreadableCount() {}

    /** Returns the first such count with its name and value, or null if there is none. */
    static @Nullable String in(JsonNode block) {
        for (Map.Entry<String, JsonNode> field : block.properties()) {
            String found = at(field.getKey(), field.getValue());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String at(String name, JsonNode value) {
        if (value.isObject()) {
            return in(value);
        }
        for (JsonNode item : value) {
            String inside = at(name, item);
            if (inside != null) {
                return inside;
            }
        }
        if (COUNT_NAME.matcher(name).matches() && isSaid(value) && Count.of(value) == Count.NOT_REPORTED) {
            return name + " (" + shown(value) + ") is not a count between 0 and 10^15";
        }
        if (SECONDS_NAME.matcher(name).matches() && isSaid(value) && Count.seconds(value) == null) {
            return name + " (" + shown(value) + ") is not a time between 0 and 10^9 seconds";
        }
        return null;
    }

    /** Numbers and texts say something; null, an empty text and a flag do not. */
    private static boolean isSaid(JsonNode value) {
        return value.isNumber() || (value.isString() && !value.asString().isBlank());
    }

    private static String shown(JsonNode value) {
        String text = value.asString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
