package dev.llmops.cost.book;

import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the fields of an object in a file and notes everything that is wrong with them, with its place. */
final class PriceNode {

    /** No prompt is longer, and no per covers more. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000_000L);

    private final JsonNode node;
    private final String where;
    private final List<PriceBookException.Problem> problems;
    private final Set<String> known = new HashSet<>();

    PriceNode(JsonNode node, String where, List<PriceBookException.Problem> problems) {
        this.node = node;
        this.where = where;
        this.problems = problems;
        if (!node.isObject()) {
            problems.add(new PriceBookException.Problem(
                    where, "is " + Json.abbreviated(node) + " — an object with named fields"));
        }
    }

    PriceNode at(JsonNode child, String place) {
        return new PriceNode(child, place(place), problems);
    }

    void problem(String field, String what) {
        problems.add(new PriceBookException.Problem(place(field), what));
    }

    private String place(String field) {
        return where.isEmpty() ? field : where + '.' + field;
    }

    boolean has(String name) {
        known.add(name);
        return node.has(name) && !node.get(name).isNull();
    }

    /** Returns true if the field is there, be it null: then it says that there is no value. */
    boolean isGiven(String name) {
        known.add(name);
        return node.has(name);
    }

    JsonNode get(String name) {
        known.add(name);
        return node.path(name);
    }

    String requiredText(String name) {
        String text = text(name);
        if (text == null) {
            problem(name, "is missing — a value is needed — add it");
            return "";
        }
        return text;
    }

    @Nullable
    String text(String name) {
        if (!has(name)) {
            return null;
        }
        if (!node.get(name).isString() || node.get(name).asString().isBlank()) {
            problem(name, "is " + Json.abbreviated(node.get(name)) + " — a text");
            return null;
        }
        return node.get(name).asString();
    }

    /** An instant, or a date for its midnight in UTC. */
    @Nullable
    Instant instant(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return text.length() > 10
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            problem(name, "is " + text + " — a date such as 2026-08-20 or an instant with offset");
            return null;
        }
    }

    @Nullable
    BigDecimal price(String name) {
        return has(name) ? priceOf(node.get(name), name) : null;
    }

    @Nullable
    BigDecimal priceOf(JsonNode value, String name) {
        try {
            return Json.price(value);
        } catch (IllegalArgumentException e) {
            problem(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    long wholeNumber(String name) {
        BigDecimal value = price(name);
        if (value == null) {
            return 0;
        }
        if (value.stripTrailingZeros().scale() > 0 || value.compareTo(MOST) > 0) {
            problem(name, "is " + value + " — a whole number up to " + MOST);
            return 0;
        }
        return value.longValueExact();
    }

    boolean flag(String name) {
        if (has(name) && !node.get(name).isBoolean()) {
            problem(name, "is " + Json.abbreviated(node.get(name)) + " — true or false");
        }
        return node.path(name).asBoolean(false);
    }

    /** Returns one text, or several. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (has(name)) {
            JsonNode value = node.get(name);
            if (value.isArray()) {
                value.forEach(each -> texts.add(each.asString()));
            } else {
                texts.add(value.asString());
            }
        }
        return texts;
    }

    /** Objects of a list, each with its place. */
    List<PriceNode> objects(String name) {
        List<PriceNode> objects = new ArrayList<>();
        if (has(name) && !node.get(name).isArray()) {
            problem(name, "is " + Json.abbreviated(node.get(name)) + " — a list");
        }
        int index = 0;
        for (JsonNode child : get(name)) {
            objects.add(at(child, name + '[' + index++ + ']'));
        }
        return objects;
    }

    Set<String> names() {
        return new TreeSet<>(node.propertyNames());
    }

    /** Notes unknown fields: a misspelt field would otherwise be ignored in silence. */
    void rejectOthers() {
        names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problem(name, "is no field here — " + new TreeSet<>(known)));
    }
}
