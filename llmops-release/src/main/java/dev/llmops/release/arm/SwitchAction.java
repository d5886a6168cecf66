package dev.llmops.release.arm;

import java.util.Locale;

/**
 * The changes of a switch.
 *
 * @since 0.1.0
 */
public enum SwitchAction {
    /** The release began. */
    START,
    /** The next stage began. */
    PROMOTE,
    /** The share stays where it is until someone decides. */
    PAUSE,
    /** A paused release goes on. */
    RESUME,
    /** The candidate got a smaller share. */
    DEGRADE,
    /** The candidate's share got an upper limit. */
    LIMIT,
    /** The candidate lost all its traffic; final. */
    ROLL_BACK,
    /** The candidate is refused to everyone, the white list included; final. */
    CLOSE_ENTRANCE,
    /** A unit is refused altogether. */
    REFUSE_UNIT,
    /** A unit always meets the candidate, and is not counted. */
    ALLOW_UNIT,
    /** A person decided: what acts by itself keeps away, except for closing the entrance. */
    PIN,
    /** The candidate has become the baseline; final. */
    COMPLETE;

    /**
     * Returns the word for the action in logs and answers.
     *
     * @return a lower-case word
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
