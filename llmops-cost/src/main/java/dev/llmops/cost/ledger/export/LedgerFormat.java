package dev.llmops.cost.ledger.export;

import dev.llmops.cost.accounting.Commitment;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.jdbc.LedgerDatabase;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.SQLException;
import java.util.List;
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
        return new FocusFormat(account, false, List.of());
    }

    /**
     * FOCUS 1.2 as comma-separated values, with one row for all charges of an hour that have the same price, tenant,
     * region, state and tags: as {@link #focus}, without users, call ids and outcomes.
     *
     * @param account who is billed, and by whom
     * @return the format; unpriced entries are left out and counted
     */
    public static LedgerFormat focusByHour(FocusAccount account) {
        return new FocusFormat(account, true, List.of());
    }

    /**
     * FOCUS 1.2 by hour with commitments spread over their terms. A charge that a commitment covers is billed 0, and its
     * effective cost is its part of the hour's share of the fee; the unused rest of that share is a row of its own, with
     * the status {@code Unused}; the fee itself is a purchase, billed when it is paid and without an effective cost. Over
     * a whole term both costs have the same sum.
     *
     * <p>Ask for a period of whole hours and for all calls: calls that a filter leaves out would look unused. Corrections
     * are not covered.
     *
     * @param account who is billed, and by whom
     * @param purchases the commitments, in the order in which they are used
     * @return the format; unpriced entries are left out and counted
     */
    public static LedgerFormat focusByHour(FocusAccount account, List<Commitment.Purchase> purchases) {
        return new FocusFormat(account, true, List.copyOf(purchases));
    }

    public Report export(LedgerDatabase database, LedgerQuery query, Writer out) throws SQLException, IOException {
        try {
            Sheet sheet = open(query, out);
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

    abstract Sheet open(LedgerQuery query, Writer out);

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

        private Report report() {
            return new Report(entries, rows(), unpriced);
        }
    }

    /**
     * Result of an export.
     *
     * @param entries entries read
     * @param rows rows or objects written
     * @param unpriced entries left out, because the format has no way to say that a cost is unknown
     */
    public record Report(long entries, long rows, long unpriced) {}
}
