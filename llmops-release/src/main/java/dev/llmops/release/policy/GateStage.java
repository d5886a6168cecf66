package dev.llmops.release.policy;

import dev.llmops.release.arm.Exposure;
import java.time.Duration;

/**
 * Describes a step of a release.
 *
 * @param name its name; the share where the policy gives none
 * @param candidateRatio the candidate's share, in [0, 1]
 * @param mirrorRatio the share that is answered in the shadow too, in [0, 1]
 * @param holdbackRatio the share that stays with the baseline at the end, in [0, 1)
 * @param minUnits how many units of the candidate it takes at least
 * @param minPairs how many shadow pairs it takes at least
 * @param minTime how long it takes at least
 * @param needs what must hold to go on
 * @since 0.1.0
 */
public record GateStage(
        String name,
        double candidateRatio,
        double mirrorRatio,
        double holdbackRatio,
        long minUnits,
        long minPairs,
        Duration minTime,
        Needs needs) {

    /** The condition for promotion. */
    public enum Needs {
        /** No line is breached. */
        NO_BREACH,
        /** Every line is provably better than its pause limit. */
        PROOF
    }

    /**
     * Returns the shares of the arms in this stage.
     *
     * @param withControl true for a control of the candidate's size, where the rest is large enough
     * @return the exposure
     */
    public Exposure exposure(boolean withControl) {
        boolean fits = withControl && candidateRatio > 0 && candidateRatio <= .5;
        boolean isLast = candidateRatio == 1;
        double share = isLast ? 1 - holdbackRatio : candidateRatio;
        return new Exposure(name, share, fits ? candidateRatio : 0, mirrorRatio, isLast);
    }

    /**
     * Returns true if the candidate has everything in this stage, but for a holdback.
     *
     * @return true for the last stage
     */
    public boolean isLast() {
        return candidateRatio == 1;
    }
}
