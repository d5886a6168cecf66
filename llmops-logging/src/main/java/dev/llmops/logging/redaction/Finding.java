package dev.llmops.logging.redaction;

import java.util.regex.Pattern;

/**
 * Where something of a type was found. Never holds the value.
 *
 * @param type the type, one of {@link PiiTypes} or a word of its own in the form of {@code [A-Z][A-Z0-9_]*}, at most 31
 *     characters
 * @param start index of the first UTF-16 unit in the original text, ≥ 0
 * @param end index behind the last UTF-16 unit, greater than {@code start}
 * @since 0.1.0
 */
public record Finding(String type, int start, int end) {

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,30}");

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
            throw new IllegalArgumentException(
                    "a finding must span at least one character, but was " + start + ".." + end);
        }
    }

    static void requireType(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "type must be 1 to 31 capital letters, digits and underscores, starting with a letter, but was "
                            + type);
        }
    }

    int length() {
        return end - start;
    }
}
