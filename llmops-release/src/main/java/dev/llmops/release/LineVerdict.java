package dev.llmops.release;

/**
 * The verdict on one metric, the most severe first.
 *
 * @since 0.1.0
 */
public enum LineVerdict {
    /** Provably over the limit at which a release is rolled back. */
    ROLL_BACK,
    /** Provably over the limit at which it is paused. */
    PAUSE,
    /** Neither breach nor pass is proved. */
    UNDECIDED,
    /** Nothing was counted; never a pass. */
    NO_DATA,
    /** Provably under the limit. */
    PASS
}
