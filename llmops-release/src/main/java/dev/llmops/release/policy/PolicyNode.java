package dev.llmops.release.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A mapping of the policy file that knows its path and collects problems; what cannot be read has its fallback. */
final class PolicyNode {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private final @Nullable JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();

    PolicyNode(@Nullable JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (node != null && !node.isObject()) {
            problems.add(path + " is not a mapping (" + node + ") — keys with values — write " + path + ": {…}");
        }
    }

    void problem(String key, String message) {
        problems.add((path.isEmpty() ? key : path + "." + key) + " " + message);
    }

    @Nullable
    JsonNode get(String key) {
        known.add(key);
        JsonNode value = node == null ? null : node.get(key);
        return value == null || value.isNull() ? null : value;
    }

    boolean has(String key) {
        return get(key) != null;
    }

    PolicyNode child(String key) {
        return new PolicyNode(get(key), path.isEmpty() ? key : path + "." + key, problems);
    }

    List<PolicyNode> children(String key) {
        JsonNode value = get(key);
        List<PolicyNode> children = new ArrayList<>();
        if (value != null && !value.isArray()) {
            problem(key, "is not a list (" + value + ") — entries, one a line — begin each with '- '");
        } else if (value != null) {
            for (JsonNode element : value.values()) {
                children.add(new PolicyNode(element, path + "." + key + "[" + children.size() + "]", problems));
            }
        }
        return children;
    }

    List<String> keys() {
        return node == null
                ? List.of()
                : node.properties().stream().map(Map.Entry::getKey).toList();
    }

    Set<String> texts(String key) {
        JsonNode value = get(key);
        Set<String> texts = new LinkedHashSet<>();
        if (value != null && value.isArray()) {
            for (JsonNode element : value.values()) {
                if (element.isString() && !element.asString().isBlank()) {
                    texts.add(element.asString());
                } else {
                    problem(key, "has an entry that is no name (" + element + ") — names — write " + key + ": [a, b]");
                }
            }
        } else if (value != null) {
            problem(key, "is not a list (" + value + ") — names — write " + key + ": [a, b]");
        }
        return texts;
    }

    String choice(String key, String fallback, List<String> allowed) {
        JsonNode value = get(key);
        String text = value == null ? fallback : value.asString("");
        if (!allowed.contains(text)) {
            problem(key, "is not known (" + value + ") — one of " + allowed + " — write one of them");
            return fallback;
        }
        return text;
    }

    boolean flag(String key) {
        JsonNode value = get(key);
        if (value != null && !value.isBoolean()) {
            problem(key, "is not true or false (" + value + ") — true or false — write one of them");
        }
        return value != null && value.asBoolean(false);
    }

    double number(String key, double fallback, double over, double under) {
        JsonNode value = get(key);
        if (value == null) {
            return fallback;
        }
        double number = ratio(value);
        if (!(number > over && number < under)) {
            problem(
                    key,
                    "is out of range (" + value.asString(value.toString()) + ") — over " + plain(over) + " and under "
                            + plain(under) + " — write a number in between");
            return fallback;
        }
        return number;
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    long count(String key, long fallback) {
        double number = number(key, (double) fallback, -1, 1e12);
        if (number != Math.rint(number)) {
            problem(key, "is not whole (" + number + ") — a whole number — round it");
            return fallback;
        }
        return (long) number;
    }

    /** Returns a share, 0 and 1 included; 0 where there is none, and NaN for what is no share. */
    double share(String key) {
        JsonNode value = get(key);
        if (value == null) {
            return 0;
        }
        double share = ratio(value);
        if (share >= 0 && share <= 1) {
            return share;
        }
        problem(key, "is no share (" + value.asString(value.toString()) + ") — 0% to 100%, or 0 to 1 — write e.g. 10%");
        return Double.NaN;
    }

    private static double ratio(JsonNode value) {
        String text = value.asString("").strip();
        boolean isPercent = text.endsWith("%");
        return parsed(isPercent ? text.substring(0, text.length() - 1) : text) / (isPercent ? 100 : 1);
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    Duration duration(String key, Duration fallback) {
        JsonNode value = get(key);
        if (value == null) {
            return fallback;
        }
        Matcher matcher = DURATION.matcher(value.asString("").strip());
        if (!matcher.matches()) {
            problem(
                    key,
                    "is not a duration (" + value
                            + ") — a whole number of at most nine digits with ms, s, m, h or d — write e.g. 24h");
            return fallback;
        }
        Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
        return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    }

    /** Reports the keys that nothing has asked for. */
    void rejectUnknown() {
        for (String key : keys()) {
            if (!known.contains(key)) {
                problem(
                        key,
                        "is not known; allowed are " + known.stream().sorted().toList());
            }
        }
    }
}
