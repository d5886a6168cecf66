package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import java.math.BigDecimal;

/** Computes the size of a value as JSON, without writing it. Agrees with {@link JsonText} to the last unit. */
enum JsonSize {
    /** Bytes of UTF-8. */
    BYTES,
    /** UTF-16 units. */
    CHARACTERS;

    static final int BRACKETS = 2;
    static final int MAX_NUMBER = 26;

    private static final int ESCAPED = 6;
    private static final int MAX_PER_CHARACTER = ESCAPED;

    /** A bound that is quick to find, for the many records that are far from any limit. */
    long atMost(Object value) {
        if (value instanceof String text) {
            return 2 + (long) MAX_PER_CHARACTER * text.length();
        }
        if (value instanceof JsonMap map) {
            long size = 2;
            for (int i = 0; i < map.size(); i++) {
                size += atMost(map.key(i)) + atMost(map.value(i)) + 2;
            }
            return size;
        }
        if (value instanceof JsonList list) {
            long size = 2;
            for (Object item : list) {
                size += atMost(item) + 1;
            }
            return size;
        }
        return value instanceof BigDecimal ? of(value) : MAX_NUMBER;
    }

    long of(Object value) {
        if (value instanceof String text) {
            return 2 + ofContent(text);
        }
        if (value instanceof JsonMap map) {
            long size = 2L + Math.max(0, map.size() - 1);
            for (int i = 0; i < map.size(); i++) {
                size += of(map.key(i)) + 1 + of(map.value(i));
            }
            return size;
        }
        if (value instanceof JsonList list) {
            long size = 2L + Math.max(0, list.size() - 1);
            for (Object item : list) {
                size += of(item);
            }
            return size;
        }
        return JsonText.ofScalar(value).length();
    }

    /** Returns the size of a text between its quotes. */
    long ofContent(String text) {
        long size = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            size += ofCodePoint(codePoint);
            i += Character.charCount(codePoint);
        }
        return size;
    }

    int ofCodePoint(int c) {
        if (c < 0x80) {
            return ofAscii(c);
        }
        if (c >= 0x10000) {
            return 2 * ESCAPED;
        }
        if (SafeText.isUnsafe((char) c) || Character.isSurrogate((char) c)) {
            return ESCAPED;
        }
        return this == CHARACTERS ? 1 : c < 0x800 ? 2 : 3;
    }

    private static int ofAscii(int c) {
        if (c >= ' ' && c != 0x7F) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        boolean hasShortEscape = c == '\b' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
        return hasShortEscape ? 2 : ESCAPED;
    }
}
