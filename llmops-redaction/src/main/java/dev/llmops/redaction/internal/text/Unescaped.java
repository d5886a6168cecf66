package dev.llmops.redaction.internal.text;

import java.util.Arrays;
import java.util.List;

/**
 * A text as its reader will see it: with the escapes of JSON decoded, also of JSON inside JSON, and with {@code %40} and
 * the entities of HTML as the at sign they stand for. Only for matching; the few places that were found are mapped back to the original
 * by decoding once more.
 *
 * <p>All levels are decoded within one array: what is decoded is never longer, and a long text stays in the cache.
 */
public final class Unescaped {

    private static final int LEVELS = 3;
    private static final int UNICODE = 6;
    private static final List<String> ENTITIES = List.of("&#64;", "&#x40;", "&commat;");

    /** Stands for an escaped line break: white space too, but no end of the line for what quotes hold. */
    public static final char BREAK = '\u000B';

    private static final String CONTROLS = "" + BREAK + BREAK + "\t\b\f";

    final char[] chars;
    final int length;
    private final String original;
    private final int levels;

    private Unescaped(String original, char[] chars, int length, int levels) {
        this.original = original;
        this.chars = chars;
        this.length = length;
        this.levels = levels;
    }

    public static Unescaped of(String text) {
        char[] chars = text.toCharArray();
        int length = chars.length;
        int levels = 0;
        boolean escaped = text.indexOf('\\') >= 0 || text.contains("%40") || hasEntity(text);
        while (escaped && levels < LEVELS) {
            int decoded = decode(chars, length);
            escaped = decoded < length;
            levels += escaped ? 1 : 0;
            length = decoded;
        }
        return new Unescaped(text, chars, length, levels);
    }

    private static boolean hasEntity(String text) {
        return text.indexOf('&') >= 0 && ENTITIES.stream().anyMatch(text::contains);
    }

    /** Decodes the first characters where they are; returns how many are left. */
    private static int decode(char[] chars, int length) {
        int decoded = 0;
        for (int i = 0; i < length; decoded++) {
            char c = chars[i];
            int width = c == '\\' || c == '%' || c == '&' ? width(chars, i, length) : 1;
            chars[decoded] = width == 1 ? c : decoded(chars, i, width);
            i += width;
        }
        return decoded;
    }

    /** Returns the number of characters that stand for the one that begins at the index. */
    private static int width(char[] chars, int i, int length) {
        char next = i + 1 < length ? chars[i + 1] : 0;
        if (chars[i] == '\\') {
            return next == 'u' && isHex(chars, i + 2, Math.min(length, i + UNICODE))
                    ? UNICODE
                    : "\\\"/nrtbf".indexOf(next) >= 0 ? 2 : 1;
        }
        if (chars[i] == '&') {
            return widthOfEntity(chars, i, length);
        }
        return chars[i] == '%' && next == '4' && i + 2 < length && chars[i + 2] == '0' ? 3 : 1;
    }

    private static int widthOfEntity(char[] chars, int i, int length) {
        for (String entity : ENTITIES) {
            int width = entity.length();
            if (i + width <= length && Arrays.equals(chars, i, i + width, entity.toCharArray(), 0, width)) {
                return width;
            }
        }
        return 1;
    }

    private static char decoded(char[] chars, int i, int width) {
        return switch (width) {
            case UNICODE -> chars[i] == '&' ? '@' : (char) Integer.parseInt(new String(chars, i + 2, UNICODE - 2), 16);
            case 2 -> {
                int control = "nrtbf".indexOf(chars[i + 1]);
                yield control < 0 ? chars[i + 1] : CONTROLS.charAt(control);
            }
            default -> '@';
        };
    }

    private static boolean isHex(char[] chars, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Chars.is(chars[i], Chars.HEX)) {
                return false;
            }
        }
        return end - start == UNICODE - 2;
    }

    /** Turns indexes in the decoded text, in ascending order, into those in the original that they came from. */
    public void toOriginal(int[] ascending) {
        for (int level = levels; level > 0; level--) {
            char[] encoded = original.toCharArray();
            int encodedLength = encoded.length;
            for (int below = 1; below < level; below++) {
                encodedLength = decode(encoded, encodedLength);
            }
            int at = 0;
            int decoded = 0;
            for (int i = 0; i < ascending.length; i++) {
                for (; decoded < ascending[i]; decoded++) {
                    at += width(encoded, at, encodedLength);
                }
                ascending[i] = at;
            }
        }
    }
}
