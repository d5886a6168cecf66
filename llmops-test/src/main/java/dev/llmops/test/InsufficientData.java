package dev.llmops.test;

/**
 * The rule for an objective with too few events for a certain verdict.
 *
 * @since 0.1.0
 */
public enum InsufficientData {
    /** The test fails and says how many events are needed. */
    FAIL,
    /** The test passes if the observed share of bad events lies within the budget. */
    JUDGE_BY_OBSERVED_RATIO
}
