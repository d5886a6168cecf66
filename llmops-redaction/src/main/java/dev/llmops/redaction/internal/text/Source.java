package dev.llmops.redaction.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * The text under a scan, read as folded characters.
 *
 * <p>Not final, so that a test can count the reads: their number is what "linear" means here.
 *
 * <p>See docs/decisions/redaction.md#the-text-is-copied-into-an-array-of-characters-first.
 */
public class Source {

    /** Reading an array is a third faster than asking a string for each character. */
    private final char[] chars;
    /** The folded characters, or null if they are folded when they are read. */
    private final char @Nullable [] folded;

    public final int length;

    public Source(Unescaped text) {
        this.chars = text.chars;
        this.length = text.length;
        this.folded = Chars.folded(chars, length);
    }

    /** The character as it stands; every read of the text comes through here or {@link #at}. */
    public char raw(int index) {
        return chars[index];
    }

    /** The folded character at an index in range. */
    public char at(int index) {
        return folded == null ? Chars.fold(chars[index]) : folded[index];
    }

    /** The class bits of the folded character at an index in range. */
    public final int bits(int index) {
        return Chars.of(at(index));
    }

    /** The folded character, or NUL outside the text. */
    public final char peek(int index) {
        return index >= 0 && index < length ? at(index) : 0;
    }

    /** The value of the digit at an index, or -1 where there is none. */
    public final int digit(int index) {
        int value = peek(index) - '0';
        return value >= 0 && value <= 9 ? value : -1;
    }

    public final boolean is(int index, int bits) {
        return index >= 0 && index < length && (bits(index) & bits) != 0;
    }

    public final boolean startsWith(String literal, int index) {
        if (index < 0 || index + literal.length() > length) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (at(index + i) != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns true if the lower-case literal stands there, in any case. */
    public final boolean startsWithIgnoreCase(String literal, int index) {
        if (index < 0 || index + literal.length() > length) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (Chars.lowerLetter(at(index + i)) != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The first index from {@code start} on whose character lacks all of the bits, at most {@code limit}. */
    public final int skip(int start, int bits, int limit) {
        int end = Math.min(limit, length);
        int i = start;
        while (i < end && (bits(i) & bits) != 0) {
            i++;
        }
        return i;
    }

    /** Returns true if a letter or digit touches the index from the left. */
    public final boolean gluedBefore(int index) {
        return index > 0 && isWordChar(at(index - 1));
    }

    /** Returns true if a letter or digit stands at the index. */
    public final boolean gluedAfter(int index) {
        return index < length && isWordChar(at(index));
    }

    private static boolean isWordChar(char c) {
        return Chars.is(c, Chars.ALNUM) || Chars.isAccented(c);
    }

    /** Returns true if nothing but white space stands around the span. */
    public final boolean isWhole(int start, int end) {
        return (start <= 64 && skip(0, Chars.SPACE, start) == start)
                && (length - end <= 64 && skip(end, Chars.SPACE, length) == length);
    }

    public final String substring(int start, int end) {
        return new String(chars, start, end - start);
    }

    /** The characters from {@code start} to {@code end}, folded. */
    public final String folded(int start, int end) {
        char[] folded = new char[end - start];
        for (int i = start; i < end; i++) {
            folded[i - start] = at(i);
        }
        return new String(folded);
    }

    /** Returns the next occurrence of the literal, or -1. */
    public final int indexOf(String literal, int from) {
        char first = literal.charAt(0);
        for (int i = from; i <= length - literal.length(); i++) {
            if (raw(i) == first && startsWith(literal, i)) {
                return i;
            }
        }
        return -1;
    }
}
