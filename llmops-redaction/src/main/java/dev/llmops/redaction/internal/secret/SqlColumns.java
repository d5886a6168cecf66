package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;

/** The columns of {@code INSERT INTO users (name, password) VALUES ('bob', '…')}, which name the values behind them. */
final class SqlColumns {

    private static final int LONGEST_HEAD = 512;
    private static final int LONGEST_ROWS = 4096;
    private static final int MOST_COLUMNS = 64;
    private static final int GAP = 24;

    private final Source source;
    private final Expected expected;
    /** End of the rows that were read last. */
    private int readUntil;

    SqlColumns(Source source, Expected expected) {
        this.source = source;
        this.expected = expected;
    }

    /** Expects the values of secret columns behind the word "values". */
    void atValues(int start, int end) {
        int close = start - 1;
        while (close > 0 && start - close < GAP && source.is(close, Chars.SPACE)) {
            close--;
        }
        int open = source.skip(end, Chars.SPACE, end + GAP);
        if (source.peek(close) != ')' || source.peek(open) != '(' || start < readUntil) {
            return;
        }
        long secret = secretColumns(close);
        if (secret != 0) {
            readUntil = expectIn(open, secret);
        }
    }

    /** Returns a bit for each column with a telling name. */
    private long secretColumns(int close) {
        int open = close - 1;
        while (open > 0 && close - open < LONGEST_HEAD && source.at(open) != '(') {
            open--;
        }
        long secret = 0;
        int column = 0;
        int from = open + 1;
        for (int i = from; i <= close && column < MOST_COLUMNS; i++) {
            char c = source.at(i);
            if (c == ',' || i == close) {
                secret |= isSecret(from, i) ? 1L << column : 0;
                column++;
                from = i + 1;
            }
        }
        return secret;
    }

    private boolean isSecret(int from, int to) {
        int end = to;
        while (end > from && (source.is(end - 1, Chars.SPACE) || "\"`']".indexOf(source.at(end - 1)) >= 0)) {
            end--;
        }
        SecretNames name = SecretNames.of(source, from, end);
        return name == SecretNames.PASSWORD || name == SecretNames.SECRET;
    }

    /** Reads the rows of values; returns where they end. */
    private int expectIn(int open, long secret) {
        int limit = Math.min(source.length, open + LONGEST_ROWS);
        int column = 0;
        int depth = 0;
        for (int i = open; i < limit; i++) {
            char c = source.at(i);
            if (c == '(') {
                depth++;
                column = depth == 1 ? 0 : column;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 1) {
                column++;
            } else if (SecretValueRules.isQuote(c)) {
                if (depth == 1 && column < MOST_COLUMNS && (secret & 1L << column) != 0) {
                    expected.quoted(i);
                }
                i = closing(i, limit);
            } else if (depth == 0 && c != ',' && !Chars.is(c, Chars.SPACE)) {
                return i;
            }
        }
        return limit;
    }

    /** Returns the quote that closes the text; two of them are one in it. */
    private int closing(int quote, int limit) {
        char c = source.at(quote);
        int at = quote + 1;
        while (at < limit && (source.at(at) != c || source.peek(at + 1) == c)) {
            at += source.at(at) == c ? 2 : 1;
        }
        return at;
    }
}
