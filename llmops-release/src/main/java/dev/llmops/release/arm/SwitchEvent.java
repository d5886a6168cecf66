package dev.llmops.release.arm;

import java.time.Instant;

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
        SwitchAction action,
        Actor actor,
        String stage,
        double candidateRatio,
        String reason) {}
