package dev.llmops.redaction.internal.text;

import java.util.Locale;

/**
 * Words in lower case, found in a text in any case without a copy of it. Immutable.
 *
 * <p>See docs/decisions/redaction.md#words-are-looked-up-where-they-stand.
 */
public final class WordSet {

    private static final int LONGEST = 63;
    private static final int INITIALS = 256;

    /** Hashed by their letters, with open addressing and never more than a quarter full; null where there is none. */
    private final String[] slots;

    /** By the first two letters, the bit of each length that a word has: most words are known by it to be none of these. */
    private final long[] lengths = new long[INITIALS];

    private WordSet(String[] words) {
        slots = new String[Integer.highestOneBit(words.length) * 8];
        for (String word : words) {
            if (word.length() > LONGEST || !word.equals(word.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(word);
            }
            lengths[initials(word.charAt(0), word.length() > 1 ? word.charAt(1) : 0)] |= 1L << word.length();
            int hash = 0;
            for (int i = 0; i < word.length(); i++) {
                hash = step(hash, word.charAt(i));
            }
            int slot = slot(hash);
            while (slots[slot] != null) {
                slot = next(slot);
            }
            slots[slot] = word;
        }
    }

    /** Returns the set of the words in the lines: in lower case, at most 63 characters long, separated by spaces. */
    public static WordSet of(String... lines) {
        return new WordSet(String.join(" ", lines).split(" ", -1));
    }

    /** Returns true if the characters from {@code start} to {@code end} are one of the words. */
    public boolean contains(Source source, int start, int end) {
        return !find(source, start, end).isEmpty();
    }

    /** Returns the word that the characters from {@code start} to {@code end} are, or the empty string. */
    public String find(Source source, int start, int end) {
        int length = end - start;
        if (length < 1 || length > LONGEST) {
            return "";
        }
        char second = length > 1 ? Chars.lowerLetter(source.at(start + 1)) : 0;
        long known = lengths[initials(Chars.lowerLetter(source.at(start)), second)];
        if ((known & 1L << length) == 0) {
            return "";
        }
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = step(hash, Chars.lowerLetter(source.at(i)));
        }
        for (int slot = slot(hash); slots[slot] != null; slot = next(slot)) {
            if (slots[slot].length() == length && source.startsWithIgnoreCase(slots[slot], start)) {
                return slots[slot];
            }
        }
        return "";
    }

    private static int initials(char first, char second) {
        return (first * 31 + second) & (INITIALS - 1);
    }

    private int slot(int hash) {
        return (hash ^ (hash >>> 15)) & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private static int step(int hash, char c) {
        return hash * 31 + c;
    }
}
