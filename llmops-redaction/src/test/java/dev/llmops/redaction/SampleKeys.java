package dev.llmops.redaction;

import dev.llmops.redaction.internal.secret.VendorKeyTable;
import java.util.stream.Stream;

/** Makes a key of each vendor out of the description of its shape. */
final class SampleKeys {

    private SampleKeys() {}

    static Stream<String> all() {
        return VendorKeyTable.shapes().stream().map(SampleKeys::sample);
    }

    private static String sample(String shape) {
        StringBuilder key = new StringBuilder();
        for (String part : shape.split(" ")) {
            key.append(key.isEmpty() ? part : body(part));
        }
        return key.toString();
    }

    private static String body(String part) {
        String rest = part.substring(1);
        return switch (part.charAt(0)) {
            case '\'' -> rest;
            case '=', '#' -> "";
            case 'l' -> letters("kQzRtVwXyB", length(rest));
            case 'd' -> letters("4071936285", length(rest));
            case 'u' -> letters("7K2Q9Z4M3X", length(rest));
            case 'x' -> letters("7c4e19ad03", length(rest));
            default -> letters("7kQ2zR9t4V", length(rest));
        };
    }

    private static int length(String rest) {
        return Integer.parseInt(rest.split("[-+]")[0]);
    }

    private static String letters(String alphabet, int length) {
        return alphabet.repeat(length / alphabet.length() + 1).substring(0, length);
    }
}
