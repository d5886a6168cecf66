package dev.llmops.cost.ledger.entry;

/**
 * The present ability of a ledger to keep what is booked.
 *
 * @param journalWritable false while entries cannot be acknowledged: the disk is full, or the journal is at its bound, or the
 *     ledger is closed
 * @param databaseWritable false while the database does not take entries, which then wait in the journal
 * @param stats the counts at the same time
 * @since 0.1.0
 */
public record LedgerHealth(boolean journalWritable, boolean databaseWritable, LedgerStats stats) {

    /**
     * Returns true if what is booked now is kept; a database that is away is no fault of health, since entries wait for it.
     *
     * @return {@link #journalWritable}
     */
    public boolean isHealthy() {
        return journalWritable;
    }

    /**
     * Returns a sentence on what is wrong and what to do.
     *
     * @return the sentence; empty if nothing is wrong
     */
    public String reason() {
        if (!journalWritable) {
            return "the ledger cannot write its journal (" + stats.queued() + " entries wait, " + stats.dropped()
                    + " were dropped) — make room on the disk, or bring its database back";
        }
        return databaseWritable
                ? ""
                : "the ledger's database does not take entries (" + stats.journalBytes()
                        + " bytes wait in the journal) — bring the database back";
    }
}
