package dev.llmops.redaction;

import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.internal.text.Chars;
import java.util.ArrayList;
import java.util.List;

/** The form of a reversible placeholder: {@code [TYPE_7]}. */
final class Placeholders {

    /** The type of text that looks like a placeholder but came from the user. */
    static final String LITERAL = "LITERAL";

    /** The longest there is: a type of 31 characters, an underscore, a number of ten digits, and the brackets. */
    static final int LONGEST = 44;

    private Placeholders() {}

    static String of(String type, int number) {
        return "[" + type + "_" + number + "]";
    }

    /** What in the text could be mistaken for a placeholder. */
    static List<Finding> in(String text) {
        List<Finding> findings = new ArrayList<>();
        int open = text.indexOf('[');
        while (open >= 0) {
            int end = end(text, open);
            if (end > 0) {
                findings.add(new Finding(LITERAL, open, end));
            }
            open = text.indexOf('[', Math.max(end, open + 1));
        }
        return findings;
    }

    /**
     * Where the placeholder that the bracket opens ends.
     *
     * @return the index behind it; 0 when it is none; -1 when the text ends before that is certain
     */
    static int end(CharSequence text, int open) {
        int at = open + 1;
        int limit = Math.min(text.length(), open + LONGEST);
        while (at < limit && isBody(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return at < open + LONGEST ? -1 : 0;
        }
        boolean closed = at < limit && text.charAt(at) == ']' && at - open > 3;
        return closed && Chars.is(text.charAt(at - 1), Chars.DIGIT) ? at + 1 : 0;
    }

    private static boolean isBody(char c) {
        return Chars.is(c, Chars.UPPER | Chars.DIGIT) || c == '_';
    }
}
