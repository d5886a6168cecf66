package dev.llmops.cost.ledger.entry;

/**
 * Counts of a ledger since it was opened.
 *
 * @param queued entries that wait to be written to the journal
 * @param acknowledged entries written to the journal
 * @param dropped entries lost: the queue was full, the entry could not be written at all, or the ledger was closed
 * @param journalFailures writes to the journal that failed and were repeated: the disk or the journal is full
 * @param journalBytes what the journal takes on the disk; falls as it is drained, one file at a time
 * @param recovered entries of an earlier run found in the journal
 * @param tornBytes bytes of unacknowledged entries of an earlier run that were cut off
 * @param drained entries taken over by the database, those included that it had already
 * @param databaseFailures attempts to reach the database that failed and were repeated
 * @param recarried times that the journal was carried from its start again, because the database was opened again and may
 *     have lost what it had committed
 * @param rejected entries that the database refuses for what they hold; kept in {@code rejected.jsonl}
 * @param damagedFiles files of the journal that could not be read in full; kept with the suffix {@code .damaged}
 * @param damagedPlaces places in those files that were skipped; each held one entry or several that follow each other, or
 *     the file's header
 * @param damagedBytes bytes that were skipped in those places
 * @since 0.1.0
 */
public record LedgerStats(
        int queued,
        long acknowledged,
        long dropped,
        long journalFailures,
        long journalBytes,
        long recovered,
        long tornBytes,
        long drained,
        long databaseFailures,
        long recarried,
        long rejected,
        long damagedFiles,
        long damagedPlaces,
        long damagedBytes) {}
