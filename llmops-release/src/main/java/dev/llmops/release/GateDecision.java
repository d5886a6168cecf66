package dev.llmops.release;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verdict on a release that explains itself.
 *
 * @param changeId the release
 * @param stage the stage under way
 * @param candidateRatio the candidate's share in it
 * @param verdict the verdict
 * @param reason why, in a sentence
 * @param isInconclusive true if the release is rolled back because time is up, not because a line is breached
 * @param units units that were counted in this stage, by arm
 * @param lines one result per metric, in the order of the policy
 * @param notCounted calls that were left out, by reason
 * @param next the stage to go to on {@link Verdict#PROMOTE}; null after the last one
 * @since 0.1.0
 */
public record GateDecision(
        String changeId,
        String stage,
        double candidateRatio,
        Verdict verdict,
        String reason,
        boolean isInconclusive,
        Map<Arm, Long> units,
        List<LineResult> lines,
        Map<String, Long> notCounted,
        GatePolicy.@Nullable Stage next) {

    /**
     * Copies the collections.
     *
     * @param changeId the release
     * @param stage the stage
     * @param candidateRatio the candidate's share
     * @param verdict the verdict
     * @param reason why
     * @param isInconclusive true if time is up
     * @param units units by arm
     * @param lines results by metric
     * @param notCounted calls left out
     * @param next the next stage, or null
     */
    public GateDecision {
        units = Map.copyOf(units);
        lines = List.copyOf(lines);
        notCounted = Map.copyOf(notCounted);
    }

    /**
     * Returns the decision as lines of text for people.
     *
     * @return the verdict first, then a line per metric, then what was not counted
     */
    public String explain() {
        StringBuilder text = new StringBuilder();
        text.append(verdict).append(" at ").append(stage).append(": ").append(reason);
        lines.forEach(line -> text.append("\n  ")
                .append(line.metric())
                .append(": ")
                .append(line.verdict())
                .append(" — ")
                .append(line.reason()));
        notCounted.forEach((why, calls) -> text.append("\n  not counted: ")
                .append(calls)
                .append(" calls, ")
                .append(why));
        return text.toString();
    }

    /** The verdict on a release, the most severe first. */
    public enum Verdict {
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
}
