package dev.llmops.core;

import org.jspecify.annotations.Nullable;

/** Bounds the texts that callers and providers hand in. */
final class Texts {

    private Texts() {}

    /** The beginning of a text, without half a surrogate pair at its end; null stays null. */
    static @Nullable String cutOrNull(@Nullable String text, int maxLength) {
        return text == null ? null : cut(text, maxLength);
    }

    /** The beginning of a text, without half a surrogate pair at its end. */
    static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(maxLength - 1));
        return text.substring(0, maxLength - (splitsPair ? 1 : 0));
    }
}
