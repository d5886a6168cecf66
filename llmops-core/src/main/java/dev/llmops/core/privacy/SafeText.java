package dev.llmops.core.privacy;

/**
 * Sanitizes untrusted text before it is logged.
 *
 * @since 0.1.0
 */
public final class SafeText {

    private static final char REPLACEMENT = '\uFFFD';

    private SafeText() {}

    /**
     * Returns true for control and bidi characters that JSON writers do not escape: DEL and the C1 controls, which terminals
     * obey; the line separators U+2028 and U+2029; the marks that change the direction of text; the byte order mark.
     *
     * @param c any character
     * @return true for those
     */
    public static boolean isUnsafe(char c) {
        if (c < 0x7F) {
            return false;
        }
        return c <= 0x9F
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xFEFF;
    }

    /**
     * Returns true if the character at an index is an unpaired surrogate, which cannot be encoded.
     *
     * @param text any text
     * @param i an index
     * @return true for a lone one
     */
    public static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        boolean paired = Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        return !paired;
    }

    /**
     * Replaces unpaired surrogates, so that a text can be encoded.
     *
     * @param text any text
     * @return the text with U+FFFD in place of lone surrogates; the same object when there are none
     */
    public static String wellFormed(String text) {
        return replaced(text, false);
    }

    /**
     * Sanitizes a text for a JSON writer that escapes only what JSON requires.
     *
     * @param text any text
     * @return the text with U+FFFD in place of lone surrogates, {@linkplain #isUnsafe unsafe} characters and U+0000, which
     *     databases refuse in JSON; the same object when there are none
     */
    public static String sanitized(String text) {
        return replaced(text, true);
    }

    private static String replaced(String text, boolean unsafeToo) {
        int clean = 0;
        while (clean < text.length() && !isBad(text, clean, unsafeToo)) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text);
        for (int i = clean; i < text.length(); i++) {
            if (isBad(text, i, unsafeToo)) {
                replaced.setCharAt(i, REPLACEMENT);
            }
        }
        return replaced.toString();
    }

    private static boolean isBad(String text, int i, boolean unsafeToo) {
        char c = text.charAt(i);
        return c >= 0x7F ? (unsafeToo && isUnsafe(c)) || isLoneSurrogate(text, i) : unsafeToo && c == 0;
    }

    /**
     * Sanitizes a text for a line in which nothing is escaped.
     *
     * @param text any text
     * @return the text without control characters, {@linkplain #isUnsafe unsafe} characters and ANSI escape
     *     sequences, line breaks and tabs turned into spaces; the same object when there are none
     */
    public static String plain(String text) {
        int clean = 0;
        while (clean < text.length() && isPlain(text, clean)) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length()).append(text, 0, clean);
        int i = clean;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isPlain(text, i)) {
                plain.append(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                plain.append(' ');
            } else if (Character.isSurrogate(c)) {
                plain.append(REPLACEMENT);
            }
            i = c == 0x1B || c == 0x9B ? afterEscapeSequence(text, i) : i + 1;
        }
        return plain.toString();
    }

    private static boolean isPlain(String text, int i) {
        char c = text.charAt(i);
        return c >= ' ' && !isUnsafe(c) && !isLoneSurrogate(text, i);
    }

    /** Skips {@code ESC [ parameters final} (ECMA-48, 5.4), or the introducer alone where there is no such sequence. */
    private static int afterEscapeSequence(String text, int start) {
        int i = start + 1;
        if (text.charAt(start) == 0x1B) {
            if (i == text.length() || text.charAt(i) != '[') {
                return i;
            }
            i++;
        }
        int parameters = i;
        while (i < text.length() && text.charAt(i) >= 0x20 && text.charAt(i) <= 0x3F) {
            i++;
        }
        boolean complete = i < text.length() && text.charAt(i) >= 0x40 && text.charAt(i) <= 0x7E;
        return complete ? i + 1 : parameters;
    }
}
