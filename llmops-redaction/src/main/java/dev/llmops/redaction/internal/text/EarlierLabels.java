package dev.llmops.redaction.internal.text;

/**
 * Labels that an earlier redaction left, such as {@code [CN_MOBILE]} and {@code [EMAIL_2]}.
 *
 * <p>See docs/decisions/redaction.md#a-value-that-holds-an-earlier-label-is-not-judged-again.
 */
public final class EarlierLabels {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 44;

    private EarlierLabels() {}

    /** Behind the label that the bracket opens, or behind the bracket. */
    static int skip(Source source, int open) {
        return isAt(source, open) ? end(source, open) + 1 : open + 1;
    }

    public static boolean isAt(Source source, int open) {
        if (source.peek(open) != '[') {
            return false;
        }
        int end = end(source, open);
        return end - open > SHORTEST && source.peek(end) == ']';
    }

    /** Returns true if a label stands between. */
    public static boolean isIn(Source source, int start, int end) {
        for (int i = start; i < Math.min(end, source.length); i++) {
            if (source.at(i) == '[' && isAt(source, i)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the start of the label that ends before the index, or the index. */
    public static int startBefore(Source source, int end) {
        if (source.peek(end - 1) != ']') {
            return end;
        }
        int start = end - 2;
        while (start > 0 && end - start < LONGEST && isBody(source.at(start))) {
            start--;
        }
        return source.peek(start) == '[' ? start : end;
    }

    private static int end(Source source, int open) {
        int end = open + 1;
        while (end < open + LONGEST && isBody(source.peek(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBody(char c) {
        return Chars.is(c, Chars.UPPER | Chars.DIGIT) || c == '_';
    }
}
