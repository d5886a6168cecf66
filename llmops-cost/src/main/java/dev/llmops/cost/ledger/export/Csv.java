package dev.llmops.cost.ledger.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Writes rows as in RFC 4180; null is an empty field, and text that a spreadsheet would run as a formula is neutralized. */
final class Csv {

    /** Each also in its full-width form. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private final Writer out;
    private long rows;

    Csv(Writer out) {
        this.out = out;
    }

    void row(Iterable<? extends @Nullable Object> fields) {
        rows++;
        try {
            for (Iterator<? extends @Nullable Object> next = fields.iterator(); next.hasNext(); ) {
                out.write(quoted(text(next.next())));
                out.write(next.hasNext() ? "," : "\r\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long rows() {
        return rows;
    }

    private static String text(@Nullable Object field) {
        if (field instanceof BigDecimal amount) {
            return amount.toPlainString();
        }
        if (field == null) {
            return "";
        }
        return field instanceof Number ? field.toString() : neutral(field.toString());
    }

    /** Puts an apostrophe before text that begins like a formula, which spreadsheets take for "this is text". */
    private static String neutral(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String field) {
        boolean needsQuotes = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needsQuotes ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
