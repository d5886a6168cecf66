package dev.llmops.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The strings and numbers of a JSON text by the name of their field, at any depth, in order. Error bodies are small
 * and often cut off or not quite JSON, so this reads what is there instead of parsing: one pass, and it never fails.
 */
final class JsonFields {

    /** Longer bodies are read up to here. */
    static final int MAX_LENGTH = 16_384;

    private record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();
    private final String json;
    private final int end;
    private int at;

    private JsonFields(String json) {
        this.json = json;
        this.end = Math.min(json.length(), MAX_LENGTH);
    }

    static JsonFields of(String json) {
        JsonFields fields = new JsonFields(json);
        fields.read();
        return fields;
    }

    /** All values of a field, outermost first. */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name.equals(name))
                .map(Field::value)
                .toList();
    }

    /** The first value of the first of these fields that is there. */
    @Nullable
    String first(String... names) {
        for (String name : names) {
            List<String> values = values(name);
            if (!values.isEmpty()) {
                return values.get(0);
            }
        }
        return null;
    }

    private void read() {
        String name = null;
        while (at < end) {
            char next = json.charAt(at);
            if (next == '"') {
                String text = string();
                if (nextIsColon()) {
                    name = text;
                } else {
                    add(name, text);
                    name = null;
                }
            } else if (next >= '0' && next <= '9' && name != null) {
                add(name, digits());
                name = null;
            } else {
                if (next == '{' || next == '[' || next == ',') {
                    name = null;
                }
                at++;
            }
        }
    }

    private void add(@Nullable String name, String value) {
        if (name != null) {
            fields.add(new Field(name, value));
        }
    }

    private boolean nextIsColon() {
        while (at < end && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return at < end && json.charAt(at) == ':';
    }

    private String digits() {
        int from = at;
        while (at < end && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
            at++;
        }
        return json.substring(from, at);
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < end && json.charAt(at) != '"') {
            char next = json.charAt(at++);
            text.append(next == '\\' && at < end ? unescape(json.charAt(at++)) : next);
        }
        at++;
        return text.toString();
    }

    private char unescape(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'u' -> unicode();
            default -> escaped;
        };
    }

    private char unicode() {
        if (at + 4 > end) {
            return '?';
        }
        try {
            char character = (char) Integer.parseInt(json, at, at + 4, 16);
            at += 4;
            return character;
        } catch (NumberFormatException e) {
            return '?';
        }
    }
}
