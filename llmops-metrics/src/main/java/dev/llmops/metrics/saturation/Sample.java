package dev.llmops.metrics.saturation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of the Prometheus text format (0.0.4) or of OpenMetrics: a name, labels and a value. What follows the value
 * (timestamp, exemplar) is not looked at.
 */
record Sample(String name, Map<String, String> labels, double value) {

    String label(String key) {
        return labels.getOrDefault(key, "");
    }

    /** The metric's name, without reading the rest of the line. */
    static String nameOf(String line) {
        int end = 0;
        while (end < line.length() && isNamePart(line.charAt(end))) {
            end++;
        }
        return line.substring(0, end);
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
    }

    /**
     * Reads a line that is neither blank nor a comment.
     *
     * @throws IllegalArgumentException if the line does not follow the format
     */
    static Sample parse(String line) {
        return new Reader(line).sample();
    }

    private static final class Reader {

        private final String line;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        Sample sample() {
            String name = nameOf(line);
            at = name.length();
            skipBlanks();
            Map<String, String> labels = peek() == '{' ? labels() : Map.of();
            skipBlanks();
            return new Sample(name, labels, value());
        }

        private Map<String, String> labels() {
            Map<String, String> labels = new LinkedHashMap<>();
            at++;
            skipBlanks();
            while (peek() != '}') {
                String key = nameOf(line.substring(at));
                at += key.length();
                skipBlanks();
                expect('=');
                skipBlanks();
                expect('"');
                labels.put(key, quoted());
                skipBlanks();
                if (peek() == ',') {
                    at++;
                    skipBlanks();
                }
            }
            at++;
            return labels;
        }

        private String quoted() {
            StringBuilder text = new StringBuilder();
            for (char c = next(); c != '"'; c = next()) {
                text.append(c == '\\' ? unescape(next()) : c);
            }
            return text.toString();
        }

        private static char unescape(char c) {
            return c == 'n' ? '\n' : c;
        }

        private double value() {
            int end = at;
            while (end < line.length() && !isBlank(line.charAt(end))) {
                end++;
            }
            String number = line.substring(at, end);
            return switch (number) {
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> parseDouble(number);
            };
        }

        private double parseDouble(String number) {
            try {
                return Double.parseDouble(number);
            } catch (NumberFormatException e) {
                throw malformed("a number");
            }
        }

        private void skipBlanks() {
            while (at < line.length() && isBlank(line.charAt(at))) {
                at++;
            }
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }

        private char peek() {
            return at < line.length() ? line.charAt(at) : '\0';
        }

        private char next() {
            if (at == line.length()) {
                throw malformed("a closing quote");
            }
            return line.charAt(at++);
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw malformed("'" + wanted + "'");
            }
            at++;
        }

        private IllegalArgumentException malformed(String wanted) {
            return new IllegalArgumentException("expected " + wanted + " at column " + (at + 1) + " of: " + line);
        }
    }
}
