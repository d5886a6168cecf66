package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.EarlierLabels;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;

/** The start of a value, by which it is judged: one that is no secret must not be read to its end. */
final class SecretPrefix {

    private static final int LONGEST = 32;
    private static final int SHORTEST = 6;
    private static final int SHORTEST_KEY = 16;
    private static final int SHORTEST_SESSION = 12;
    private static final int SHORTEST_TOKEN = 12;
    private static final int SHORTEST_STRONG = 8;
    private static final int LONG = 24;
    /** Letters of any case that are longer than most names. */
    private static final int SCRAMBLED = 20;

    /** Number of mask characters at the end by which a sample is recognised. */
    private static final int CROSSES = 8;

    /** Marks that stand between the letters of no word. */
    private static final CharSet ODD = CharSet.of("@#$%^&*+=~!?");

    private final int length;
    /** Classes of all characters in one. */
    private int seen;

    private int digits;
    private int classes;
    private int marks;
    private int crosses;
    /** Returns the number of changes between upper and lower case. */
    private int switches;

    /** Small letters that stand alone before a capital. */
    private int lone;

    private boolean varied;
    private boolean dotted;
    private boolean spaced;
    private boolean broken;
    private boolean joined;
    /** Returns true if a bracket follows a name, as in the call of a function. */
    private boolean called;

    private boolean labelled;
    /** Digits first and small letters behind a dash, as in "12-character". */
    private boolean measured;
    /** A mark between letters that no word has. */
    private boolean odd;

    SecretPrefix(Source source, int start, char quote) {
        this(source, start, quote, source.length);
    }

    private SecretPrefix(Source source, int start, char quote, int limit) {
        int most = Math.min(start + LONGEST, limit);
        int end = start;
        while (end < most && !SecretValueRules.isEnd(source.raw(end), quote)) {
            int bits = source.bits(end);
            digits += bits & Chars.DIGIT;
            seen |= bits;
            end++;
        }
        while (!SecretValueRules.isQuote(quote) && end > start && source.is(end - 1, Chars.CLOSING)) {
            end--;
        }
        length = end - start;
    }

    /** Returns the start of a value whose end is known. */
    static SecretPrefix between(Source source, int start, int end) {
        return new SecretPrefix(source, start, (char) 0, end);
    }

    int length() {
        return length;
    }

    /** Returns true if it is worth reading: an ordinary word behind "key" may be one of thousands in a text. */
    boolean mayBe(SecretNames name) {
        if (name == SecretNames.SESSION) {
            return length >= SHORTEST_SESSION && digits > 0;
        }
        return name == SecretNames.KEY ? length >= SHORTEST_KEY && digits > 1 : length >= SHORTEST;
    }

    /** Returns true for letters of one case behind the colon of a token: that these are none is known before they are read again. */
    boolean isPlain(SecretNames name, Binding binding) {
        return name == SecretNames.SECRET
                && binding == Binding.LOOSE
                && digits == 0
                && (seen & Chars.LETTER) != Chars.LETTER;
    }

    SecretPrefix read(Source source, int start) {
        char first = source.at(start);
        boolean digit = false;
        boolean digitsOnly = true;
        int before = 0;
        int earlier = 0;
        for (int i = start; i < start + length; i++) {
            char c = source.at(i);
            int bits = Chars.of(c);
            int letter = bits & Chars.LETTER;
            varied |= c != first;
            crosses = (c | 0x20) == 'x' ? crosses + 1 : 0;
            if ((bits & Chars.ALNUM) != 0) {
                classes |= bits & Chars.ALNUM;
                digit |= letter == 0;
                if (letter != before && letter != 0 && before != 0) {
                    switches++;
                    lone += letter == Chars.UPPER && earlier != Chars.LOWER ? 1 : 0;
                }
            } else if (Chars.isLetter(c)) {
                classes |= Chars.LOWER;
            } else {
                dotted |= c == '.';
                spaced |= c == ' ';
                broken |= c == Unescaped.BREAK;
                joined |= c == '_' || c == '-';
                // Judged before: what is left of it was no secret then.
                labelled |= c == '[' && EarlierLabels.isAt(source, i);
                marks += (bits & Chars.LOOSE) == 0 ? 1 : 0;
                called |= (c == '(' || c == '[') && i > start && marks == 1 && (dotted || !digit);
            }
            measured |= c == '-' && i > start && digitsOnly;
            digitsOnly &= (bits & Chars.DIGIT) != 0;
            odd |= i > start && i < start + length - 1 && ODD.has(c);
            earlier = before;
            before = letter;
        }
        return this;
    }

    boolean isWord() {
        return digits == 0 && marks == 0;
    }

    /** Returns true if letters change their case as chance has it, and not where the words of a name begin. */
    private boolean isScrambled() {
        return !joined && length >= SCRAMBLED && (lone > 1 || 5 * switches > 2 * length);
    }

    /** Returns true for letters and digits in groups with dashes, as codes for recovery are printed. */
    private boolean isCode() {
        return joined
                && digits > 1
                && marks == 0
                && !dotted
                && length >= SHORTEST_STRONG
                && (classes & Chars.LETTER) != Chars.LETTER
                && classes != Chars.DIGIT;
    }

    boolean isSecret(SecretNames name, Binding binding) {
        if (labelled || !varied || crosses >= CROSSES || (spaced && name != SecretNames.PASSWORD)) {
            return false;
        }
        boolean mixed = (classes & Chars.LETTER) == Chars.LETTER;
        boolean word = isWord();
        boolean tight = binding == Binding.TIGHT;
        boolean quoted = binding == Binding.QUOTED;
        boolean sentence = binding == Binding.PROSE || binding == Binding.PLAIN;
        if (sentence && !isUnlikeWords(name, binding, mixed)) {
            return false;
        }
        return switch (name) {
            case SESSION -> !called;
            case PASSWORD -> sentence || quoted || (word ? !dotted && (tight || mixed) : !called);
            case SECRET -> {
                if (sentence) {
                    yield true;
                }
                boolean constant = joined && classes == Chars.UPPER;
                boolean random =
                        (tight && !constant) || (quoted && mixed && !joined && length >= SHORTEST_KEY) || isScrambled();
                boolean unlike = !broken && binding != Binding.LOOSE;
                yield !called && (digits > 0 || (word ? !dotted && random : unlike));
            }
            case HEADER -> length >= 8 && (digits > 0 || length >= LONG || (tight && mixed));
            case KEY -> !called && !dotted && !broken && (mixed || length >= LONG) && classes != Chars.DIGIT;
            case NONE -> false;
        };
    }

    /** Returns true for what no sentence says of a password: digits among letters, or marks inside. */
    private boolean isUnlikeWords(SecretNames name, Binding binding, boolean mixed) {
        boolean strong = mixed && digits > 0 && length >= SHORTEST_STRONG;
        boolean random = digits > 2 && length >= SCRAMBLED && marks == 0 && !dotted && !joined;
        if (binding == Binding.PLAIN) {
            boolean token = name != SecretNames.PASSWORD && (random || isCode());
            return (strong || token) && !called && !dotted;
        }
        if (name != SecretNames.PASSWORD) {
            return (strong && length >= SHORTEST_TOKEN) || random || isCode() || isScrambled();
        }
        boolean letters = (classes & Chars.LETTER) != 0;
        return !called && !measured && ((digits > 0 && (letters || marks > 0 || length >= SHORTEST)) || odd);
    }
}
