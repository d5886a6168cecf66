package dev.llmops.redaction.internal.text;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The classes of ASCII characters, one read of a table each, and the folding of wide forms onto them. */
public final class Chars {

    public static final int DIGIT = 1;
    public static final int UPPER = 1 << 1;
    public static final int LOWER = 1 << 2;
    public static final int HEX = 1 << 3;
    /** Letters, digits, underscore and dash: base64url, and the body of most vendors' keys. */
    public static final int WORD = 1 << 4;
    /** Base64 without its padding. */
    public static final int BASE64 = 1 << 5;

    public static final int MAIL = 1 << 6;
    /** Characters in the name of a setting. */
    public static final int NAME = 1 << 7;

    public static final int SPACE = 1 << 8;
    /** Punctuation that may start or complete a candidate. */
    public static final int TRIGGER = 1 << 9;

    public static final int LETTER = UPPER | LOWER;
    public static final int ALNUM = LETTER | DIGIT;

    /** Letters, digits and underscore. */
    public static final int IDENTIFIER = 1 << 10;
    /** {@link #WORD} with dot and equals sign. */
    public static final int LOOSE = 1 << 11;

    /** Characters between the groups of a telephone number. */
    public static final int PHONE = 1 << 12;

    /** Punctuation behind a value that belongs to the sentence. */
    public static final int CLOSING = 1 << 13;
    /** Characters that end an unquoted value. */
    public static final int STOP = 1 << 14;

    /** First of the ideographs and their like, up to {@link #FULL_WIDTH}: they have no class and fold to nothing. */
    public static final char IDEOGRAPHS = 0x3001;

    public static final char FULL_WIDTH = 0xFF01;

    /** About as many characters of a text tell whether it has many wide forms. */
    private static final int SAMPLE = 61;

    private static final short[] CLASS = new short[128];

    static {
        for (char c = 0; c < 128; c++) {
            int bits = 0;
            bits |= c >= '0' && c <= '9' ? DIGIT | HEX : 0;
            bits |= c >= 'A' && c <= 'Z' ? UPPER : 0;
            bits |= c >= 'a' && c <= 'z' ? LOWER : 0;
            bits |= (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f') ? HEX : 0;
            boolean alnum = (bits & ALNUM) != 0;
            bits |= alnum || c == '_' ? IDENTIFIER : 0;
            bits |= alnum || "_-".indexOf(c) >= 0 ? WORD : 0;
            bits |= alnum || "_-.=".indexOf(c) >= 0 ? LOOSE : 0;
            bits |= alnum || c == '+' || c == '/' ? BASE64 : 0;
            bits |= alnum || "._%+-'".indexOf(c) >= 0 ? MAIL : 0;
            bits |= alnum || "._-".indexOf(c) >= 0 ? NAME : 0;
            bits |= c == ' ' || (c >= '\t' && c <= '\r') ? SPACE : 0;
            bits |= "@:=-+(~>${|".indexOf(c) >= 0 ? TRIGGER : 0;
            bits |= " -./()".indexOf(c) >= 0 ? PHONE : 0;
            bits |= ".,:)]}>".indexOf(c) >= 0 ? CLOSING : 0;
            bits |= (bits & SPACE) != 0 || "\"'`&;<".indexOf(c) >= 0 ? STOP : 0;
            CLASS[c] = (short) bits;
        }
    }

    private Chars() {}

    /** The class bits of a folded character; 0 beyond ASCII. */
    public static int of(char c) {
        return c < 128 ? CLASS[c] : 0;
    }

    /** The class bits of a character as it stands. */
    public static int bits(char raw) {
        return raw < 128 ? CLASS[raw] : raw < IDEOGRAPHS || raw >= FULL_WIDTH ? of(foldWide(raw)) : 0;
    }

    public static boolean is(char c, int bits) {
        return c < 128 && (CLASS[c] & bits) != 0;
    }

    /** A Latin letter beyond ASCII. Unlike an ideograph, it continues the word that it touches. */
    public static boolean isAccented(char c) {
        return c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7;
    }

    /** Returns true for a letter of any alphabet, but not for an ideograph or a syllable. */
    public static boolean isLetter(char c) {
        return c < 128 ? (CLASS[c] & LETTER) != 0 : c >= 0xC0 && c < 0x2E80 && Character.isUnicodeIdentifierPart(c);
    }

    /** The small form of a letter of any alphabet; those in use have their places before the ideographs. */
    public static char lowerLetter(char c) {
        return c < 128 ? lower(c) : c < IDEOGRAPHS ? Character.toLowerCase(c) : c;
    }

    /** The first letters of words, each once: most places are known not to begin one of them by a single read. */
    public static String initials(List<String> words) {
        return words.stream().map(word -> word.substring(0, 1)).distinct().collect(Collectors.joining());
    }

    public static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }

    /** Full-width forms and typographic spaces and dashes as ASCII; one char for one char, so offsets hold. */
    public static char fold(char c) {
        return c < 0xA0 ? c : c < IDEOGRAPHS || c >= FULL_WIDTH ? foldWide(c) : c;
    }

    /**
     * Returns the first characters folded, or null if so few of them have a wide form, as a sample tells, that folding each
     * when it is read costs less.
     */
    static char @Nullable [] folded(char[] chars, int length) {
        int step = Math.max(1, length / SAMPLE);
        int wide = 0;
        for (int i = 0; i < length; i += step) {
            wide += chars[i] >= FULL_WIDTH ? 1 : 0;
        }
        if (4 * wide * step < length || wide == 0) {
            return null;
        }
        char[] folded = new char[length];
        for (int i = 0; i < length; i++) {
            folded[i] = fold(chars[i]);
        }
        return folded;
    }

    private static char foldWide(char c) {
        if (c >= FULL_WIDTH && c <= 0xFF5E) {
            return (char) (c - 0xFEE0);
        }
        if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000) {
            return ' ';
        }
        return c >= 0x2010 && c <= 0x2013 ? '-' : c;
    }
}
