package dev.llmops.logging.redaction;

import org.jspecify.annotations.Nullable;

/**
 * A text as its reader will see it: with the escapes of JSON decoded, also of JSON inside JSON, and with {@code %40} as
 * the at sign it stands for in a URL. Only for matching; spans are mapped back to the original.
 */
final class Unescaped {

    private static final int LEVELS = 3;

    final String text;
    private final int[] offsets;

    private Unescaped(String text, int[] offsets) {
        this.text = text;
        this.offsets = offsets;
    }

    /** The decoded text, or null when there is nothing to decode. */
    static @Nullable Unescaped of(String text) {
        Unescaped result = null;
        String current = text;
        for (int level = 0; level < LEVELS && isEscaped(current); level++) {
            Unescaped next = decode(current);
            result = result == null ? next : result.then(next);
            current = next.text;
        }
        return result;
    }

    private static boolean isEscaped(String text) {
        return text.indexOf('\\') >= 0 || text.contains("%40");
    }

    private static Unescaped decode(String text) {
        int length = text.length();
        StringBuilder decoded = new StringBuilder(length);
        int[] offsets = new int[length + 1];
        int i = 0;
        while (i < length) {
            offsets[decoded.length()] = i;
            char c = text.charAt(i);
            char next = i + 1 < length ? text.charAt(i + 1) : 0;
            if (c == '\\' && next == 'u' && isHex(text, i + 2, 4)) {
                decoded.append((char) Integer.parseInt(text, i + 2, i + 6, 16));
                i += 6;
            } else if (c == '\\' && "\\\"/nrtbf".indexOf(next) >= 0) {
                int control = "nrtbf".indexOf(next);
                decoded.append(control < 0 ? next : "\n\r\t\b\f".charAt(control));
                i += 2;
            } else if (c == '%' && text.startsWith("40", i + 1)) {
                decoded.append('@');
                i += 3;
            } else {
                decoded.append(c);
                i++;
            }
        }
        offsets[decoded.length()] = length;
        return new Unescaped(decoded.toString(), offsets);
    }

    private static boolean isHex(String text, int start, int count) {
        if (start + count > text.length()) {
            return false;
        }
        for (int i = start; i < start + count; i++) {
            if (!Chars.is(text.charAt(i), Chars.HEX)) {
                return false;
            }
        }
        return true;
    }

    private Unescaped then(Unescaped next) {
        int[] composed = new int[next.text.length() + 1];
        for (int i = 0; i < composed.length; i++) {
            composed[i] = offsets[next.offsets[i]];
        }
        return new Unescaped(next.text, composed);
    }

    /** The index in the original that an index in the decoded text came from. */
    int original(int index) {
        return offsets[index];
    }
}
