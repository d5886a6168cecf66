package dev.llmops.redaction.internal.text;

/**
 * A number as written in groups: digit runs with one and the same single separator between them.
 *
 * <p>Reads no further than any number reaches that is looked for, so that a text of nothing but groups costs a bounded
 * number of reads for each of them.
 */
public final class DigitGroups {

    private static final int MOST_DIGITS = 20;
    private static final int MOST_GROUPS = 7;

    public final byte[] digits = new byte[MOST_DIGITS];
    private final int[] ends = new int[MOST_GROUPS];
    private final int[] totals = new int[MOST_GROUPS];
    private final Source source;
    private int size;
    private char separator;
    /** Says if two spaces stand between groups. */
    private boolean wide;
    /** The first group behind a line break, or 0. */
    private int broken;

    public DigitGroups(Source source) {
        this.source = source;
    }

    /** Reads the digits of one run of at most {@value #MOST_DIGITS}. */
    public void readRun(int start, int end) {
        for (int i = start; i < end; i++) {
            digits[i - start] = (byte) (source.at(i) - '0');
        }
    }

    /** Reads groups from the start of a digit run on; returns whether there are at least two. */
    public boolean read(int start, int firstEnd) {
        size = 0;
        broken = 0;
        separator = source.peek(firstEnd);
        wide = separator == ' ' && source.peek(firstEnd + 1) == ' ' && source.is(firstEnd + 2, Chars.DIGIT);
        if (!isSeparator(separator) || (!wide && !source.is(firstEnd + 1, Chars.DIGIT))) {
            return false;
        }
        int total = 0;
        int at = start;
        while (size < MOST_GROUPS) {
            for (int digit; total < MOST_DIGITS && (digit = source.digit(at)) >= 0; at++) {
                digits[total++] = (byte) digit;
            }
            char next = source.peek(at);
            if (Chars.is(next, Chars.ALNUM)) {
                break;
            }
            ends[size] = at;
            totals[size] = total;
            size++;
            int after = behindSeparator(at, next);
            if (after < 0) {
                break;
            }
            at = after;
        }
        return size > 1;
    }

    /** Returns the start of the next group: behind the separator, or once behind a line break in its place; or -1. */
    private int behindSeparator(int at, char next) {
        int group = wide && source.peek(at + 1) == ' ' ? at + 2 : at + 1;
        if (next == separator && source.digit(group) >= 0) {
            return group;
        }
        int line = next == separator || next == '\r' ? at + 1 : at;
        boolean breaks = broken == 0 && (source.peek(line) == '\n' || source.peek(line) == Unescaped.BREAK);
        if (!breaks || source.digit(line + 1) < 0) {
            return -1;
        }
        broken = size;
        return line + 1;
    }

    /** Returns true if two spaces stand between groups, as between the columns of a table. */
    public boolean isWide() {
        return wide;
    }

    /** Returns true if the groups stand apart as only those of cards do. */
    public boolean isLoose() {
        return separator == '_' || separator == '/' || wide;
    }

    /** Returns true if the groups are written in a way that other figures are written in too. */
    public boolean isUnusual() {
        return separator == '.' || isLoose() || broken > 0;
    }

    /** Leaves out the groups behind a line break, which only cards are read over. */
    public void keepLine() {
        size = broken > 0 ? broken : size;
        broken = 0;
    }

    public int size() {
        return size;
    }

    public char separator() {
        return separator;
    }

    /** Digits in the group. */
    public int count(int group) {
        return group == 0 ? totals[0] : totals[group] - totals[group - 1];
    }

    /** Digits in all groups up to and with this one. */
    public int total(int group) {
        return totals[group];
    }

    /** Returns the end of the group in the text. */
    public int end(int group) {
        return ends[group];
    }

    /** Returns true if the number ends with the group: no further digits behind a dash or dot. */
    public boolean endsWith(int group) {
        int end = ends[group];
        char next = source.peek(end);
        return !(next == '-' || next == '.') || !source.is(end + 1, Chars.DIGIT);
    }

    /** Returns true if the groups from the first on have these sizes, one decimal digit each. */
    public boolean startsWith(int sizes) {
        int left = sizes;
        int groups = 0;
        for (int rest = sizes; rest > 0; rest /= 10) {
            groups++;
        }
        if (groups > size) {
            return false;
        }
        for (int group = groups - 1; group >= 0; group--, left /= 10) {
            if (count(group) != left % 10) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '_' || c == '/';
    }
}
