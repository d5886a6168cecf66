package dev.llmops.core.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON text in one pass, even of a broken one: cut off, preceded by prose, or printed by a client as a map. Never throws; skips what it cannot parse.
 */
public final class JsonFields {

    private static final int MAX_DEPTH = 32;

    /** Receives the fields. */
    public interface Visitor {

        /**
         * Takes a field.
         *
         * @param parent the key under which the field's object stands, through any arrays; empty at the root
         * @param key the field's key
         * @param value its text, number or literal; null for an object or an array
         */
        void field(String parent, String key, @Nullable String value);

        /** Returns true if the fields of the object or array under a key are of interest. */
        default boolean enters(String key) {
            return true;
        }
    }

    private final String text;
    private final Visitor visitor;
    private final Deque<String> parents = new ArrayDeque<>();
    private @Nullable String key;
    private int at;
    private boolean isCut;

    /** The depth at which an object began that is of no interest, or 0. */
    private int skippedFrom;

    private JsonFields(String text, Visitor visitor) {
        this.text = text;
        this.visitor = visitor;
    }

    /**
     * Reads a text.
     *
     * @param text the text; what comes before its first brace is skipped
     * @param visitor receives the fields
     * @return true if the text holds at least one object and all its brackets and quotes are closed
     */
    public static boolean scan(String text, Visitor visitor) {
        int start = text.indexOf('{');
        if (start < 0) {
            return false;
        }
        JsonFields fields = new JsonFields(text, visitor);
        fields.at = start;
        fields.scan();
        return fields.parents.isEmpty() && !fields.isCut;
    }

    private void scan() {
        while (at < text.length() && parents.size() <= MAX_DEPTH) {
            char c = text.charAt(at);
            switch (c) {
                case '{', '[' -> open();
                case '}', ']' -> close();
                case '"' -> word(quoted());
                case ',' -> {
                    key = null;
                    at++;
                }
                case ' ', '\t', '\r', '\n', ':', '=' -> at++;
                default -> word(bare());
            }
        }
    }

    private void open() {
        if (key != null) {
            visit(key, null);
            skippedFrom = skippedFrom == 0 && !visitor.enters(key) ? parents.size() + 1 : skippedFrom;
        }
        // The elements of an array belong to the array's key.
        parents.push(key != null ? key : parent());
        key = null;
        at++;
    }

    private void close() {
        skippedFrom = parents.size() == skippedFrom ? 0 : skippedFrom;
        parents.poll();
        key = null;
        at++;
    }

    private String parent() {
        String parent = parents.peek();
        return parent == null ? "" : parent;
    }

    /** A word is a key when a colon follows, and else the value of the key before it. */
    private void word(String word) {
        int next = at;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        boolean isKey = next < text.length() && (text.charAt(next) == ':' || text.charAt(next) == '=');
        if (isKey) {
            key = word;
            at = next + 1;
        } else if (key != null) {
            visit(key, word);
            key = null;
        }
    }

    private void visit(String field, @Nullable String value) {
        if (skippedFrom == 0) {
            visitor.field(parent(), field, value);
        }
    }

    private String bare() {
        int start = at;
        while (at < text.length() && ",:={}[]\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String quoted() {
        int start = ++at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
            at++;
        }
        String word = skippedFrom == 0 ? text.substring(start, at) : "";
        if (at < text.length() && text.charAt(at) == '\\') {
            word = unescaped(word);
        }
        isCut |= at >= text.length();
        at++;
        return word;
    }

    private String unescaped(String begin) {
        StringBuilder unescaped = new StringBuilder(begin);
        for (; at < text.length() && text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                unescaped.append(escape());
            } else {
                unescaped.append(c);
            }
        }
        return unescaped.toString();
    }

    private char escape() {
        char c = text.charAt(at);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> codeUnit();
            default -> c;
        };
    }

    private char codeUnit() {
        int value = 0;
        for (int i = 1; i <= 4; i++) {
            int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
            if (digit < 0) {
                return 'u';
            }
            value = value * 16 + digit;
        }
        at += 4;
        return (char) value;
    }
}
