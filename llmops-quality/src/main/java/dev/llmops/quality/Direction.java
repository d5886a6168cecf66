package dev.llmops.quality;

/**
 * Direction in which scores get better.
 *
 * @since 0.1.0
 */
public enum Direction {
    /** Larger scores are better. */
    HIGHER_IS_BETTER,
    /** Smaller scores are better. */
    LOWER_IS_BETTER,
    /** Scores describe, and do not judge. */
    NEUTRAL
}
