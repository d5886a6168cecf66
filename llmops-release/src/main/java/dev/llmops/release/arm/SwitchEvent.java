package dev.llmops.release.arm;

import java.time.Instant;
import java.util.Locale;

/**
 * Records one change of a switch; stored together with the change.
 *
 * @param changeId the release
 * @param revision the revision that the change made
 * @param at when
 * @param action what was done
 * @param actor who did it
 * @param stage the stage afterwards
 * @param candidateRatio the candidate's share afterwards, in [0, 1]
 * @param reason why, for people
 * @since 0.1.0
 */
public record SwitchEvent(
        String changeId,
        long revision,
        Instant at,
        Action action,
        Actor actor,
        String stage,
        double candidateRatio,
        String reason) {

    /** The changes of a switch. */
    public enum Action {
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
}
