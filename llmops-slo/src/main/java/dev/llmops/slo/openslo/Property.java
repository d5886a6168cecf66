package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.Decimals;
import dev.llmops.slo.internal.Yaml;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A property of an OpenSLO object, present or not, with its path and the place where problems go. */
final class Property {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final @Nullable JsonNode node;
    private final String path;
    private final String object;
    private final Consumer<OpenSloProblem> problems;

    Property(@Nullable JsonNode node, String path, String object, Consumer<OpenSloProblem> problems) {
        this.node = node == null || node.isNull() ? null : node;
        this.path = path;
        this.object = object;
        this.problems = problems;
    }

    Property get(String name) {
        return new Property(
                node == null ? null : node.get(name), path.isEmpty() ? name : path + "." + name, object, problems);
    }

    List<Property> elements() {
        List<Property> elements = new ArrayList<>();
        if (node != null && node.isArray()) {
            for (JsonNode element : node.values()) {
                elements.add(new Property(element, path + "[" + elements.size() + "]", object, problems));
            }
        }
        return elements;
    }

    boolean isPresent() {
        return node != null;
    }

    boolean has(String name) {
        return get(name).isPresent();
    }

    /** Returns true if there is nothing in it: absent, an empty text, or an empty mapping. */
    boolean isEmpty() {
        return node == null
                || (node.isContainer() ? node.isEmpty() : node.asString().isEmpty());
    }

    boolean isTrue() {
        return node != null && node.isBoolean() && node.booleanValue();
    }

    Set<String> keys() {
        return node == null || !node.isObject()
                ? Set.of()
                : node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    String text() {
        return node == null || node.isContainer() ? "" : node.asString();
    }

    /** Returns true if it holds the same mappings, lists and texts. */
    boolean isSameAs(Object value) {
        return node != null && node.equals(Yaml.readJson(Yaml.writeJson(value)));
    }

    OpenSloProblem problemOf(String rule, String message) {
        return new OpenSloProblem(object, path, rule, message, false);
    }

    void problem(String rule, String message) {
        problems.accept(problemOf(rule, message));
    }

    void warn(String rule, String message) {
        problems.accept(new OpenSloProblem(object, path, rule, message, true));
    }

    /** Reports an empty property; true if it is there. */
    boolean require() {
        if (isEmpty()) {
            problem("required", "is required");
        }
        return !isEmpty();
    }

    void oneOf(String... allowed) {
        if (!Arrays.asList(allowed).contains(text())) {
            problem("one_of", "is '" + text() + "' — one of " + String.join(", ", allowed));
        }
    }

    void equalTo(String expected) {
        if (!text().equals(expected)) {
            problem("equal_to", "is '" + text() + "' — " + expected);
        }
    }

    void maxLength(int length) {
        int actual = text().codePointCount(0, text().length());
        if (actual > length) {
            problem("string_max_length", "has " + actual + " characters — at most " + length);
        }
    }

    void dnsLabel() {
        if (!DNS_LABEL.matcher(text()).matches()) {
            problem(
                    "string_dns_label",
                    "is '" + text() + "' — a DNS label of at most 63 lower-case letters, digits and '-'");
        }
    }

    /** Exactly one of the properties of this one, or none when none is needed. */
    boolean exclusive(boolean needed, String... names) {
        long present = Arrays.stream(names).filter(this::has).count();
        if (present > 1 || (needed && present == 0)) {
            problem(
                    "mutually_exclusive",
                    "must have " + (needed ? "exactly" : "at most") + " one of " + String.join(", ", names)
                            + ", but had " + present);
        }
        return present == 1;
    }

    /** The number, reported if it is none. */
    @Nullable
    BigDecimal number() {
        try {
            return Decimals.parse(text());
        } catch (NumberFormatException e) {
            problem("number", "is '" + text() + "' — a number");
            return null;
        }
    }

    void atLeastAndBelow(String least, String bound) {
        BigDecimal number = number();
        if (number != null && number.compareTo(new BigDecimal(least)) < 0) {
            problem("greater_than_or_equal_to", "is " + text() + " — at least " + least);
        } else if (number != null && number.compareTo(new BigDecimal(bound)) >= 0) {
            problem("less_than", "is " + text() + " — below " + bound);
        }
    }

    void above(String bound) {
        BigDecimal number = number();
        if (number != null && number.compareTo(new BigDecimal(bound)) <= 0) {
            problem("greater_than", "is " + text() + " — above " + bound);
        }
    }

    void atMost(String most) {
        BigDecimal number = number();
        if (number != null && number.compareTo(new BigDecimal(most)) > 0) {
            problem("less_than_or_equal_to", "is " + text() + " — at most " + most);
        }
    }
}
