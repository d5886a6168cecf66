package dev.llmops.cost.ledger.export;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.jdbc.LedgerDatabase;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.SQLException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * A form in which entries leave the ledger. Amounts are plain decimals without loss. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public abstract sealed class LedgerFormat permits CsvFormat, JsonFormat, FocusFormat {

    LedgerFormat() {}

    /**
     * Comma-separated values as in RFC 4180, one row per entry, with a header.
     *
     * @return the format
     */
    public static LedgerFormat csv() {
        return new CsvFormat();
    }

    /**
     * A JSON array with one object per entry, components included.
     *
     * @return the format
     */
    public static LedgerFormat json() {
        return new JsonFormat();
    }

    /**
     * FOCUS 1.2 as comma-separated values, one row per entry and price component.
     *
     * @param account who is billed, and by whom
     * @return the format; unpriced entries are left out and counted
     */
    public static LedgerFormat focus(FocusAccount account) {
        return new FocusFormat(account, false);
    }

    /**
     * FOCUS 1.2 as comma-separated values, with one row for all charges of an hour that have the same price, tenant,
     * region, state and tags: as {@link #focus}, without users, call ids and outcomes.
     *
     * @param account who is billed, and by whom
     * @return the format; unpriced entries are left out and counted
     */
    public static LedgerFormat focusByHour(FocusAccount account) {
        return new FocusFormat(account, true);
    }

    public ExportReport export(LedgerDatabase database, LedgerQuery query, Writer out)
            throws SQLException, IOException {
        try {
            Sheet sheet = open(out);
            database.entries(query, sheet::add);
            sheet.end();
            out.flush();
            return sheet.report();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    abstract Sheet open(Writer out);

    /** An export under way; an {@link IOException} comes out of it unchecked. */
    abstract static class Sheet {

        private long entries;
        private long unpriced;

        private void add(LedgerEntry entry) {
            entries++;
            unpriced += write(entry) ? 0 : 1;
        }

        /** Returns false if the entry cannot be said, for want of a cost. */
        abstract boolean write(LedgerEntry entry);

        /** Writes what belongs at the end. */
        void end() {}

        /** Returns one for each entry, unless a format knows better. */
        long rows() {
            return entries;
        }

        private ExportReport report() {
            return new ExportReport(entries, rows(), unpriced);
        }
    }
}
