package dev.llmops.core.record;

/**
 * The reliability of the amount of a {@link Cost}.
 *
 * @since 0.1.0
 */
public enum CostState {
    /** Computed from reported usage and a price that held. */
    EXACT,
    /** The provider's own figure. */
    PROVIDER_REPORTED,
    /** Computed from estimated usage, or with a price that stands in for the right one. */
    ESTIMATED,
    /** No price is known; there is no amount, and it is not zero. */
    UNPRICED,
    /** Computed again after a correction. */
    CORRECTED
}
