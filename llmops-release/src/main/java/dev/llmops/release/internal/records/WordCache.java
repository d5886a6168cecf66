package dev.llmops.release.internal.records;

/** Gives one and the same text for equal characters, where they came a short while ago. Not thread-safe. */
public final class WordCache {

    private static final int SIZE = 256;
    private static final int LONGEST = 64;

    private final String[] words = new String[SIZE];

    /** Makes an empty cache. */
    public WordCache() {}

    /**
     * Returns a text.
     *
     * @param chars has its characters
     * @param offset of the first one
     * @param length how many
     * @return the text
     */
    public String word(char[] chars, int offset, int length) {
        if (length > LONGEST) {
            return new String(chars, offset, length);
        }
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + chars[i];
        }
        int slot = (hash ^ hash >>> 16) & (SIZE - 1);
        String known = words[slot];
        if (known == null || !isEqual(known, chars, offset, length)) {
            known = new String(chars, offset, length);
            words[slot] = known;
        }
        return known;
    }

    private static boolean isEqual(String word, char[] chars, int offset, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
