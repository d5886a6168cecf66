package dev.llmops.release;

/**
 * The verdict on a release, the most severe first.
 *
 * @since 0.1.0
 */
public enum GateVerdict {
    /** A risk that is not tolerated happened: take all traffic and close the entrance. */
    STOP,
    /** A line is provably breached, or time is up: back to the baseline. */
    ROLL_BACK,
    /** The arms did not get their shares, so nothing can be compared: hold. */
    INVALID,
    /** Something is provably worse than it may be, or not understood: hold and ask a person. */
    PAUSE,
    /** Not enough is known yet: keep the share. */
    CONTINUE,
    /** Everything that the stage asks for is proved: go on. */
    PROMOTE
}
