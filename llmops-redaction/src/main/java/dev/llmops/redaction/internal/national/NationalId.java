package dev.llmops.redaction.internal.national;

import dev.llmops.redaction.internal.text.Chars;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A kind of national identifier.
 *
 * @param type its name among the types
 * @param shape one character each: {@code 9} a digit, {@code L} a capital letter, {@code A} either
 * @param layouts sizes of the groups in which it is written, one decimal digit each; besides, it may be solid
 * @param check the check digits and parts of the compact form
 * @param words kinds of context words that call it by its name
 * @param evidence what a word is not needed for
 */
record NationalId(
        String type, String shape, List<Integer> layouts, Predicate<String> check, int words, Evidence evidence) {

    /** The form that speaks for itself. */
    enum Evidence {
        WORD,
        GROUPED,
        CHECK
    }

    static NationalId of(
            String type, String shape, Predicate<String> check, int words, Evidence evidence, int... groups) {
        return new NationalId(type, shape, IntStream.of(groups).boxed().toList(), check, words, evidence);
    }

    boolean hasLayout(int sizes) {
        for (int i = 0; i < layouts.size(); i++) {
            if (layouts.get(i) == sizes) {
                return true;
            }
        }
        return false;
    }

    /** Returns true if the first characters are letters and digits in their places. */
    boolean hasShape(char[] compact) {
        for (int i = 0; i < shape.length(); i++) {
            int bits =
                    switch (shape.charAt(i)) {
                        case '9' -> Chars.DIGIT;
                        case 'L' -> Chars.UPPER;
                        default -> Chars.UPPER | Chars.DIGIT;
                    };
            if (!Chars.is(compact[i], bits)) {
                return false;
            }
        }
        return true;
    }

    /** Returns true if the first characters, which have the shape, pass the check. */
    boolean passes(char[] compact) {
        return check.test(new String(compact, 0, shape.length()));
    }
}
