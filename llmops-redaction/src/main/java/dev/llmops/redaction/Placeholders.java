package dev.llmops.redaction;

import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.internal.text.Chars;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The form of a reversible placeholder, {@code [TYPE_7]}, and the forms that models make of it. */
final class Placeholders {

    /** The type of text that looks like a placeholder but came from the user. */
    static final String LITERAL = "LITERAL";

    /** The longest there is: a type of 31 characters, an underscore, a number of ten digits, and the brackets. */
    static final int LONGEST = 44;

    private Placeholders() {}

    static String of(String type, int number) {
        return "[" + type + "_" + number + "]";
    }

    /** Returns what in the text could be mistaken for a placeholder. */
    static List<Finding> in(String text) {
        List<Finding> findings = new ArrayList<>();
        int open = text.indexOf('[');
        while (open >= 0) {
            int end = end(text, open);
            if (end > 0) {
                findings.add(new Finding(LITERAL, open, end));
            }
            open = text.indexOf('[', Math.max(end, open + 1));
        }
        return findings;
    }

    /** Returns the end of the exact placeholder that the bracket opens, or 0. */
    private static int end(CharSequence text, int open) {
        int at = open + 1;
        int limit = Math.min(text.length(), open + LONGEST);
        while (at < limit && isBody(text.charAt(at))) {
            at++;
        }
        boolean closed = at < limit && text.charAt(at) == ']' && at - open > 3;
        return closed && Chars.is(text.charAt(at - 1), Chars.DIGIT) ? at + 1 : 0;
    }

    private static boolean isBody(char c) {
        return Chars.is(c, Chars.UPPER | Chars.DIGIT) || c == '_';
    }

    /** Returns true for a character of a placeholder in any of its forms, without brackets. */
    static boolean isLoose(char c) {
        return Chars.is(c, Chars.WORD) || c == ' ' || c == '\\';
    }

    /** Returns true for a character of a placeholder that has lost its brackets. */
    static boolean isBare(char c) {
        return Chars.is(c, Chars.IDENTIFIER) || c == '\\';
    }

    /** Returns the name in its one form: in capitals, with underscores, without escapes. */
    static String key(CharSequence name) {
        StringBuilder key = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean separator = c == ' ' || c == '-' || c == '_';
            if (separator && !key.isEmpty() && key.charAt(key.length() - 1) != '_') {
                key.append('_');
            } else if (!separator && c != '\\') {
                key.append(c);
            }
        }
        return key.toString().toUpperCase(Locale.ROOT);
    }

    /** Returns the keys of all names in the text that are no exact placeholder, but that one could be restored from. */
    static Set<String> looseKeys(String text) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < text.length(); i++) {
            boolean bracket = text.charAt(i) == '[' || text.charAt(i) == '【';
            if (bracket && end(text, i) == 0) {
                add(keys, text, i + 1, true);
            } else if (isBare(text.charAt(i)) && (i == 0 || !isBare(text.charAt(i - 1))) && !isExactAt(text, i)) {
                add(keys, text, i, false);
            }
        }
        return keys;
    }

    private static boolean isExactAt(String text, int start) {
        return start > 0 && text.charAt(start - 1) == '[' && end(text, start - 1) > 0;
    }

    private static void add(Set<String> keys, String text, int start, boolean bracketed) {
        int end = start;
        while (end < text.length()
                && end - start < 2 * LONGEST
                && (bracketed ? isLoose(text.charAt(end)) : isBare(text.charAt(end)))) {
            end++;
        }
        String key = withoutEnd(key(text.substring(start, end)));
        if (!key.isEmpty() && Chars.is(key.charAt(key.length() - 1), Chars.DIGIT)) {
            keys.add(key);
        }
    }

    /** Returns the key without the underscore that a space at its end has become. */
    static String withoutEnd(String key) {
        return key.endsWith("_") ? key.substring(0, key.length() - 1) : key;
    }
}
