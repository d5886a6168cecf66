package dev.llmops.cost.ledger.entry;

/**
 * The failure that an acknowledged entry survives.
 *
 * @since 0.1.0
 */
public enum Durability {
    /** On the disk: survives {@code kill -9} and the loss of power. Entries that arrive together share one fsync. */
    DISK,
    /** With the operating system: survives {@code kill -9}, but not the loss of power. */
    OPERATING_SYSTEM
}
