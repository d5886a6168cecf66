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

    /** Characters of a bracket that is written for a URL. */
    static final int ENCODED = 3;

    private static final char FULL_WIDTH = '！';
    private static final char LAST_FULL_WIDTH = '～';

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
        char plain = plain(c);
        return Chars.is(plain, Chars.WORD) || " -#\\".indexOf(plain) >= 0 || isInvisible(c);
    }

    /** Returns the number of characters of an opening bracket at the index, in any of its forms, or 0. */
    static int opening(CharSequence text, int at) {
        return isOpening(text.charAt(at)) ? 1 : isEncoded(text, at, 'b') ? ENCODED : 0;
    }

    /** Returns the number of characters of a closing bracket at the index, in any of its forms, or 0. */
    static int closing(CharSequence text, int at) {
        return isClosing(text.charAt(at)) ? 1 : isEncoded(text, at, 'd') ? ENCODED : 0;
    }

    /** Returns true for {@code %5B} or {@code %5D}. */
    private static boolean isEncoded(CharSequence text, int at, char last) {
        return at + ENCODED <= text.length()
                && text.charAt(at) == '%'
                && text.charAt(at + 1) == '5'
                && (text.charAt(at + 2) | 0x20) == last;
    }

    static boolean isOpening(char c) {
        return c == '[' || c == '【' || c == '［';
    }

    static boolean isClosing(char c) {
        return c == ']' || c == '】' || c == '］';
    }

    /** Returns what typesetting made other: a letter or digit of full width, a space or dash that does not break. */
    private static char plain(char c) {
        if (c >= FULL_WIDTH && c <= LAST_FULL_WIDTH) {
            return (char) (c - FULL_WIDTH + '!');
        }
        boolean space = c == '\u00A0' || c == '\u2007' || c == '\u202F';
        return space ? ' ' : c >= '\u2010' && c <= '\u2014' ? '-' : c;
    }

    private static boolean isInvisible(char c) {
        return (c >= '\u200B' && c <= '\u200D') || c == '\u2060' || c == '\uFEFF';
    }

    /** Returns true for a character of a placeholder that has lost its brackets. */
    static boolean isBare(char c) {
        return Chars.is(c, Chars.IDENTIFIER) || c == '\\';
    }

    /** Returns true if a separator stands before the number; a word such as "email1" is the writer's own. */
    static boolean isNumbered(CharSequence text, int start, int end) {
        int last = end;
        while (last > start && !Chars.is(text.charAt(last - 1), Chars.DIGIT)) {
            last--;
        }
        int digits = last;
        while (digits > start && Chars.is(text.charAt(digits - 1), Chars.DIGIT)) {
            digits--;
        }
        return digits > start && digits < last && !Chars.is(text.charAt(digits - 1), Chars.LETTER);
    }

    /** Returns the name in its one form: in capitals, with underscores, without escapes. */
    static String key(CharSequence name) {
        StringBuilder key = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = plain(name.charAt(i));
            char last = key.isEmpty() ? '_' : key.charAt(key.length() - 1);
            boolean separator = c == ' ' || c == '-' || c == '_' || c == '#';
            // The separator before the number may be missing.
            boolean number = Chars.is(c, Chars.DIGIT) && Chars.is(last, Chars.LETTER);
            if ((separator || number) && last != '_') {
                key.append('_');
            }
            if (!separator && c != '\\' && !isInvisible(c)) {
                key.append(c);
            }
        }
        return key.toString().toUpperCase(Locale.ROOT);
    }

    /** Returns the keys of all names in the text that are no exact placeholder, but that one could be restored from. */
    static Set<String> looseKeys(String text) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < text.length(); i++) {
            int bracket = opening(text, i);
            if (bracket > 0 && end(text, i) == 0) {
                add(keys, text, i + bracket, true);
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
