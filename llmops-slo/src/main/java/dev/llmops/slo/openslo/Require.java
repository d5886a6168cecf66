package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;
import dev.llmops.slo.internal.Names;
import java.math.BigDecimal;
import java.util.Arrays;

/** The rules that OpenSLO's SDK names, for a property by itself. */
final class Require {

    private Require() {}

    /** Reports an empty property; true if it is there. */
    static boolean present(ConfigNode property) {
        if (property.isEmpty()) {
            property.problem("required", "is required");
        }
        return !property.isEmpty();
    }

    static void oneOf(ConfigNode property, String... allowed) {
        if (!Arrays.asList(allowed).contains(property.text())) {
            property.problem("one_of", "is '" + property.text() + "' — one of " + String.join(", ", allowed));
        }
    }

    static void equalTo(ConfigNode property, String expected) {
        if (!property.text().equals(expected)) {
            property.problem("equal_to", "is '" + property.text() + "' — " + expected);
        }
    }

    static void maxLength(ConfigNode property, int length) {
        int actual = property.text().codePointCount(0, property.text().length());
        if (actual > length) {
            property.problem("string_max_length", "has " + actual + " characters — at most " + length);
        }
    }

    static void dnsLabel(ConfigNode property) {
        if (!Names.isDnsLabel(property.text())) {
            property.problem(
                    "string_dns_label",
                    "is '" + property.text() + "' — a DNS label of at most 63 lower-case letters, digits and '-'");
        }
    }

    static void atLeastAndBelow(ConfigNode property, String least, String bound) {
        BigDecimal number = property.number();
        if (number != null && number.compareTo(new BigDecimal(least)) < 0) {
            property.problem("greater_than_or_equal_to", "is " + property.text() + " — at least " + least);
        } else if (number != null && number.compareTo(new BigDecimal(bound)) >= 0) {
            property.problem("less_than", "is " + property.text() + " — below " + bound);
        }
    }

    static void above(ConfigNode property, String bound) {
        BigDecimal number = property.number();
        if (number != null && number.compareTo(new BigDecimal(bound)) <= 0) {
            property.problem("greater_than", "is " + property.text() + " — above " + bound);
        }
    }

    static void atMost(ConfigNode property, String most) {
        BigDecimal number = property.number();
        if (number != null && number.compareTo(new BigDecimal(most)) > 0) {
            property.problem("less_than_or_equal_to", "is " + property.text() + " — at most " + most);
        }
    }
}
