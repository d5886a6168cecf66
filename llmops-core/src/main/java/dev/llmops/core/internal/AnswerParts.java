package dev.llmops.core.internal;

import java.util.SortedMap;
import java.util.TreeMap;

/** The answer of a call as it arrives in parts, up to a limit. Not thread-safe. */
public final class AnswerParts {

    /** The greatest number of characters that are kept, of all parts together. */
    public static final int MAX_LENGTH = 1 << 20;

    /** The greatest number of parts that are kept. */
    public static final int MAX_PARTS = 256;

    private final SortedMap<Long, StringBuilder> byNumber = new TreeMap<>();
    private int length;

    /** Adds to a part; returns false if there was no room for all of the text. */
    public boolean append(long part, String text) {
        StringBuilder known = byNumber.get(part);
        boolean hasRoom = length < MAX_LENGTH && (known != null || byNumber.size() < MAX_PARTS);
        if (!hasRoom) {
            return text.isEmpty();
        }
        String kept = Truncation.cut(text, MAX_LENGTH - length);
        length += kept.length();
        if (known == null) {
            byNumber.put(part, new StringBuilder(kept));
        } else {
            known.append(kept);
        }
        return kept.length() == text.length();
    }

    /** Returns the parts in the order of their numbers, joined by line breaks. */
    @Override
    public String toString() {
        return String.join("\n", byNumber.values());
    }
}
