package dev.llmops.redaction.detect;

import dev.llmops.redaction.internal.text.Chars;

/**
 * The place where something of a type was found. Never holds the value.
 *
 * @param type the type, one of {@link PiiTypes} or a word of its own in the form of {@code [A-Z][A-Z0-9_]*}, at most 31
 *     characters
 * @param start index of the first UTF-16 unit in the original text, ≥ 0
 * @param end index behind the last UTF-16 unit, greater than {@code start}
 * @since 0.1.0
 */
public record Finding(String type, int start, int end) {

    private static final int LONGEST_TYPE = 31;

    /**
     * Checks the parts.
     *
     * @param type see above
     * @param start see above
     * @param end see above
     * @throws IllegalArgumentException if the type has another form, or the span is empty or negative
     */
    public Finding {
        requireType(type);
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("finding is empty or negative (" + start + ".." + end
                    + ") — at least one character, from 0 — correct the detector");
        }
    }

    /**
     * Checks the form of a type.
     *
     * @param type the name to check
     * @throws IllegalArgumentException if it is not of the form of {@link #type()}
     */
    public static void requireType(String type) {
        if (!isType(type)) {
            throw new IllegalArgumentException(
                    "type has the wrong form (" + type
                            + ") — 1 to 31 capital letters, digits and underscores, a letter first — pass a name such as PASSPORT");
        }
    }

    private static boolean isType(String type) {
        boolean valid = !type.isEmpty() && type.length() <= LONGEST_TYPE && Chars.is(type.charAt(0), Chars.UPPER);
        for (int i = 1; i < type.length() && valid; i++) {
            valid = Chars.is(type.charAt(i), Chars.UPPER | Chars.DIGIT) || type.charAt(i) == '_';
        }
        return valid;
    }

    /**
     * Returns the length of the span.
     *
     * @return the length in UTF-16 units, greater than 0
     */
    public int length() {
        return end - start;
    }
}
