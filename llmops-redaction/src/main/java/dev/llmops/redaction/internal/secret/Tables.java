package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;

/** Tables with a head that names a column of secrets, in Markdown or with commas, semicolons or tabs between the cells. */
final class Tables {

    private static final String SEPARATORS = "|,;\t";
    private static final String FRAME = " *`\"'_";
    private static final int LONGEST_LINE = 512;
    private static final int LONGEST_TABLE = 4096;
    private static final int LONGEST_NAME = 32;
    private static final int MOST_COLUMNS = 32;

    private final Source source;
    private final Expected expected;
    // Made for the first table, since most texts have none.
    private int[] starts = {};
    private int[] ends = {};
    private SecretNames[] names = {};
    private char separator;
    /** End of the line that was read last, which is judged once. */
    private int lineEnd;
    /** End of the table that was read last. */
    private int readUntil;

    Tables(Source source, Expected expected) {
        this.source = source;
        this.expected = expected;
    }

    /** Expects the cells below the name of a secret, if it is a cell of the first line of a table. */
    void below(int start, int end) {
        separator = start < readUntil ? 0 : separatorBeside(start, end);
        if (separator == 0) {
            return;
        }
        if (starts.length == 0) {
            starts = new int[MOST_COLUMNS];
            ends = new int[MOST_COLUMNS];
            names = new SecretNames[MOST_COLUMNS];
        }
        int line = start;
        while (line > 0 && start - line < LONGEST_LINE && !isLineEnd(source.at(line - 1))) {
            line--;
        }
        boolean whole = start - line < LONGEST_LINE;
        int head = whole ? cells(line) : 0;
        readUntil = head > 0 ? lineEnd : start + LONGEST_LINE;
        if (head < 2 || !areNames(head)) {
            return;
        }
        int row = nextLine(ends[head - 1]);
        for (int columns = cells(row); columns == head && row - line < LONGEST_TABLE; columns = cells(row)) {
            for (int i = 0; i < head; i++) {
                if (names[i] != SecretNames.NONE && ends[i] > starts[i]) {
                    expected.cell(names[i], starts[i], ends[i]);
                }
            }
            row = nextLine(ends[head - 1]);
        }
        readUntil = row;
    }

    private char separatorBeside(int start, int end) {
        int after = end;
        while (after < end + 3 && FRAME.indexOf(source.peek(after)) >= 0) {
            after++;
        }
        char next = source.peek(after);
        if (SEPARATORS.indexOf(next) >= 0 && next != 0) {
            return next;
        }
        if (!isLineEnd(next)) {
            return 0;
        }
        int before = start - 1;
        while (before > start - LONGEST_NAME
                && (isName(source.peek(before)) || FRAME.indexOf(source.peek(before)) >= 0)) {
            before--;
        }
        char previous = source.peek(before);
        return SEPARATORS.indexOf(previous) >= 0 ? previous : 0;
    }

    private static boolean isName(char c) {
        return Chars.is(c, Chars.NAME);
    }

    /** Reads the cells of a line, without frames; returns their number, or 0. */
    private int cells(int line) {
        int count = 0;
        int at = line;
        int from = line;
        char quote = 0;
        for (; count < MOST_COLUMNS && at <= source.length && at - line < LONGEST_LINE; at++) {
            char c = source.peek(at);
            boolean end = at == source.length || isLineEnd(c);
            quote = !end && c == '"' ? (quote == 0 ? c : 0) : quote;
            if (end || (c == separator && quote == 0)) {
                keep(count, from, at);
                // What stands before the first bar and behind the last is no cell.
                boolean empty = separator == '|' && starts[count] == ends[count] && (count == 0 || end);
                count += empty ? 0 : 1;
                from = at + 1;
            }
            if (end) {
                lineEnd = at;
                return count;
            }
        }
        lineEnd = at;
        return 0;
    }

    private void keep(int column, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && FRAME.indexOf(source.at(start)) >= 0) {
            start++;
        }
        while (end > start && (FRAME.indexOf(source.at(end - 1)) >= 0 || source.at(end - 1) == '\r')) {
            end--;
        }
        starts[column] = start;
        ends[column] = end;
    }

    /** Returns true if the cells are short names, and notes what each promises. */
    private boolean areNames(int count) {
        boolean secret = false;
        for (int i = 0; i < count; i++) {
            int spaces = 0;
            for (int at = starts[i]; at < ends[i]; at++) {
                char c = source.at(at);
                spaces += c == ' ' ? 1 : 0;
                if (c == ':' || c == '.' || c == '=' || c == '(' || c == '{') {
                    return false;
                }
            }
            if (spaces > 2 || ends[i] - starts[i] > LONGEST_NAME || ends[i] == starts[i]) {
                return false;
            }
            SecretNames name = SecretNames.of(source, starts[i], ends[i]);
            names[i] = name == SecretNames.KEY ? SecretNames.NONE : name;
            secret |= names[i] != SecretNames.NONE;
        }
        return secret;
    }

    /** Returns the start of the next line, behind the rule under the head of a table in Markdown. */
    private int nextLine(int end) {
        int at = lineBehind(end);
        int rule = at;
        while (rule < source.length && rule - at < LONGEST_LINE && "|-: +".indexOf(source.at(rule)) >= 0) {
            rule++;
        }
        return separator == '|' && rule > at + 1 && isLineEnd(source.peek(rule)) ? lineBehind(rule) : at;
    }

    private int lineBehind(int end) {
        int at = end;
        while (at < source.length && at - end < LONGEST_LINE && !isLineEnd(source.at(at))) {
            at++;
        }
        return at + 1;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == Unescaped.BREAK;
    }
}
