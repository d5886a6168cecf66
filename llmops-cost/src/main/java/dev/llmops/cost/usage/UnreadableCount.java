package dev.llmops.cost.usage;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds a count in a usage block that cannot be true: below zero, or beyond what any call uses. */
final class UnreadableCount {

    private static final Pattern COUNT_NAME =
            Pattern.compile("(?i).*(tokens?|count|queries|requests|calls|units|searches|used)");

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}");

    private UnreadableCount() {}

    /** Returns the first such count with its name and value, or null if there is none. */
    static @Nullable String in(JsonNode block) {
        for (Map.Entry<String, JsonNode> field : block.properties()) {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                String inside = in(value);
                if (inside != null) {
                    return inside;
                }
            } else if (isImpossible(value) && COUNT_NAME.matcher(field.getKey()).matches()) {
                return field.getKey() + " (" + value.asString() + ") is not a count between 0 and 10^15";
            }
        }
        return null;
    }

    private static boolean isImpossible(JsonNode value) {
        BigDecimal number = null;
        if (value.isNumber()) {
            number = value.decimalValue();
        } else if (value.isString() && NUMBER.matcher(value.asString()).matches()) {
            number = new BigDecimal(value.asString());
        }
        return number != null && (number.signum() < 0 || number.compareTo(UsageReader.MOST) > 0);
    }
}
