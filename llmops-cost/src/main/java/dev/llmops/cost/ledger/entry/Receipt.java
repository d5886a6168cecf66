package dev.llmops.cost.ledger.entry;

/**
 * The fate of an entry.
 *
 * @since 0.1.0
 */
public enum Receipt {
    /** In the journal as {@link Durability} says, and will be in the database once. */
    ACKNOWLEDGED,
    /** Lost, and counted in {@link LedgerStats#dropped}: the queue was full, or the ledger closed. */
    DROPPED,
    /** No entry: the call has not ended, was rejected and cost nothing, or is not listened to by the ledger. */
    NOT_BOOKED
}
