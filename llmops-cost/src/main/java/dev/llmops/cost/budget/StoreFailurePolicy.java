package dev.llmops.cost.budget;

/**
 * The decision of a budget while its store cannot be asked.
 *
 * @since 0.1.0
 */
public enum StoreFailurePolicy {
    /** Let the call through unheld; its cost is still added when the store is back. */
    OPEN,
    /** Refuse the call. */
    CLOSED
}
