package dev.llmops.slo.status;

/**
 * The verdict on an objective.
 *
 * @since 0.1.0
 */
public enum SloState {
    /** The upper 95 % bound of the error ratio lies within the budget: there are enough events to say so. */
    MET,
    /** The lower 95 % bound of the error ratio lies over the budget: it is certain. */
    BREACHED,
    /** Neither is established, or nothing was measured. Silence is never healthy. */
    INSUFFICIENT_DATA
}
