package dev.llmops.core.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts texts of callers and providers to a bounded length. See docs/decisions/core.md#untrusted-texts-are-cut-when-they-enter. */
public final class Truncation {

    /** The longest id or name that is kept, in characters: memory must not grow with untrusted input. */
    public static final int MAX_NAME_LENGTH = 256;

    private Truncation() {}

    /** Returns the beginning of a text, without half a surrogate pair at its end; null stays null. */
    public static @Nullable String cutOrNull(@Nullable String text, int maxLength) {
        return text == null ? null : cut(text, maxLength);
    }

    /** Returns the beginnings of the first texts of a list, without nulls. */
    public static List<String> cutAll(List<String> texts, int maxTexts, int maxLength) {
        List<String> kept = new ArrayList<>(Math.min(texts.size(), maxTexts));
        for (String text : texts) {
            if (kept.size() == maxTexts) {
                break;
            }
            if (text != null) {
                kept.add(cut(text, maxLength));
            }
        }
        return List.copyOf(kept);
    }

    /** Returns the beginning of a text, without half a surrogate pair at its end. */
    public static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(maxLength - 1));
        return text.substring(0, maxLength - (splitsPair ? 1 : 0));
    }
}
