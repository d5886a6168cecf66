package dev.llmops.test;

/**
 * What a test makes of an objective that it saw too few events of to be sure.
 *
 * @since 0.1.0
 */
public enum InsufficientData {
    /** The test fails and says how many events it takes. */
    FAIL,
    /** The test passes as long as the share of bad events that it saw lies within the budget. */
    JUDGE_BY_OBSERVED_RATIO
}
