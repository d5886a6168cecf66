package dev.llmops.cost.ledger.entry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Text that UTF-8 and every database can hold, so that no caller's id can stop the ledger. */
final class StoredText {

    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }

    static String cleanId(String property, String id) {
        if (id.isEmpty() || id.length() > LedgerEntry.MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    property + " has " + id.length() + " characters — 1 to " + LedgerEntry.MAX_ID_LENGTH);
        }
        return clean(id);
    }

    static Map<String, String> clean(Map<String, String> texts) {
        Map<String, String> clean = new TreeMap<>();
        texts.forEach((name, text) -> clean.put(clean(name), clean(text)));
        return Collections.unmodifiableMap(clean);
    }

    static String clean(String text) {
        if (isClean(text)) {
            return text;
        }
        int end = Math.min(text.length(), LedgerEntry.MAX_TEXT_LENGTH);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder clean = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                clean.append(unit).append(text.charAt(++i));
            } else {
                clean.append(unit == 0 || Character.isSurrogate(unit) ? REPLACEMENT : unit);
            }
        }
        return clean.toString();
    }

    private static boolean isClean(String text) {
        if (text.length() > LedgerEntry.MAX_TEXT_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
