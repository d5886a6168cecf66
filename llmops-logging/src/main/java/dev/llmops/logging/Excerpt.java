package dev.llmops.logging;

/** The head and the tail of a text that is too long. */
final class Excerpt {

    static final String MARK = "[...]";

    private Excerpt() {}

    /**
     * The part of a text that fits, cut between code points.
     *
     * @param budget what it may take between its quotes
     * @return head, mark and tail; empty when not even the mark fits
     */
    static String of(String text, long budget, JsonSize unit) {
        long forText = budget - MARK.length();
        if (forText < 0) {
            return "";
        }
        int headEnd = headEnd(text, forText - forText / 2, unit);
        int tailStart = tailStart(text, headEnd, forText / 2, unit);
        return text.substring(0, headEnd) + MARK + text.substring(tailStart);
    }

    private static int headEnd(String text, long budget, JsonSize unit) {
        long left = budget;
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            left -= unit.ofCodePoint(codePoint);
            if (left < 0) {
                break;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    private static int tailStart(String text, int from, long budget, JsonSize unit) {
        long left = budget;
        int i = text.length();
        while (i > from) {
            int codePoint = text.codePointBefore(i);
            left -= unit.ofCodePoint(codePoint);
            if (left < 0) {
                break;
            }
            i -= Character.charCount(codePoint);
        }
        return i;
    }
}
