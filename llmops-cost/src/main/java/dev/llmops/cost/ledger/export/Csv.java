package dev.llmops.cost.ledger.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Writes rows as in RFC 4180; null is an empty field. */
final class Csv {

    private final Writer out;

    Csv(Writer out) {
        this.out = out;
    }

    void row(Iterable<? extends @Nullable Object> fields) {
        try {
            for (Iterator<? extends @Nullable Object> next = fields.iterator(); next.hasNext(); ) {
                out.write(quoted(text(next.next())));
                out.write(next.hasNext() ? "," : "\r\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(@Nullable Object field) {
        if (field instanceof BigDecimal amount) {
            return amount.toPlainString();
        }
        return field == null ? "" : field.toString();
    }

    private static String quoted(String field) {
        boolean needsQuotes = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needsQuotes ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
