package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;
import java.util.Arrays;

/** Tables in HTML with a head that names a column of secrets. */
final class HtmlTables {

    private static final int LONGEST_HEAD = 512;
    private static final int LONGEST_TABLE = 4096;
    private static final int MOST_COLUMNS = 32;

    private final Source source;
    private final Expected expected;
    private int searchedUntil;
    /** End of the table that was read last. */
    private int readUntil;

    HtmlTables(Source source, Expected expected) {
        this.source = source;
        this.expected = expected;
    }

    /** Expects the cells below the head that ends at the tag, if another head or the end of the row follows; returns whether it does. */
    boolean below(int content, int tag) {
        int next = source.skip(behindTag(tag), Chars.SPACE, tag + LONGEST_HEAD);
        boolean head = source.startsWithIgnoreCase("</th>", tag);
        boolean row = source.startsWithIgnoreCase("</tr", next);
        if (!row && !(head && source.startsWithIgnoreCase("<th", next))) {
            return false;
        }
        if (content >= readUntil) {
            int floor = Math.max(searchedUntil, content - LONGEST_HEAD);
            int start = content;
            while (start > floor && !source.startsWithIgnoreCase("<tr", start)) {
                start--;
            }
            searchedUntil = content;
            readUntil = source.startsWithIgnoreCase("<tr", start) ? read(start) : readUntil;
        }
        return true;
    }

    /** Reads the rows from the head on; returns where they end. */
    private int read(int head) {
        int limit = Math.min(source.length, head + LONGEST_TABLE);
        SecretNames[] names = new SecretNames[MOST_COLUMNS];
        Arrays.fill(names, SecretNames.NONE);
        int rows = 0;
        int column = 0;
        int at = head;
        while (at < limit && !source.startsWithIgnoreCase("</table", at)) {
            boolean tag = source.raw(at) == '<';
            if (tag && source.startsWithIgnoreCase("<tr", at)) {
                rows++;
                column = 0;
            } else if (tag && isCell(at) && column < MOST_COLUMNS) {
                at = cell(behindTag(at), rows == 1, names, column++);
                continue;
            }
            at++;
        }
        return at;
    }

    private boolean isCell(int tag) {
        char kind = Chars.lower(source.peek(tag + 2));
        char next = source.peek(tag + 3);
        return Chars.lower(source.peek(tag + 1)) == 't' && (kind == 'd' || kind == 'h') && (next == '>' || next == ' ');
    }

    /** Judges the content of a cell, within other tags or not; returns its end. */
    private int cell(int content, boolean head, SecretNames[] names, int column) {
        int start = source.skip(content, Chars.SPACE, content + LONGEST_HEAD);
        while (source.peek(start) == '<' && source.is(start + 1, Chars.LETTER)) {
            start = behindTag(start);
        }
        int end = start;
        while (end < source.length && end - start < LONGEST_HEAD && source.raw(end) != '<') {
            end++;
        }
        int last = end;
        while (last > start && (source.is(last - 1, Chars.SPACE) || (head && source.at(last - 1) == ':'))) {
            last--;
        }
        if (head) {
            SecretNames name = SecretNames.of(source, start, last);
            names[column] = name == SecretNames.KEY ? SecretNames.NONE : name;
        } else if (names[column] != SecretNames.NONE && last > start) {
            expected.cell(names[column], start, last);
        }
        return end;
    }

    private int behindTag(int tag) {
        int end = tag;
        while (end < source.length && end - tag < LONGEST_HEAD && source.raw(end) != '>') {
            end++;
        }
        return end + 1;
    }
}
