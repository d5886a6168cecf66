package dev.llmops.release.arm;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Holds everything that a switch decides by. Immutable; each change makes the next revision.
 *
 * @param changeId the release
 * @param revision counts the changes, from 1
 * @param status whether traffic flows
 * @param exposure the shares of the arms
 * @param limitRatio the largest share that the candidate may have, in [0, 1]
 * @param isPinned true after a person decided against what acts by itself
 * @param startedAt when the release began
 * @param stageSince when the stage began
 * @param allowedUnits hashes of the units that always meet the candidate
 * @param refusedUnits hashes of the units that are refused
 * @since 0.1.0
 */
public record SwitchState(
        String changeId,
        long revision,
        Status status,
        Exposure exposure,
        double limitRatio,
        boolean isPinned,
        Instant startedAt,
        Instant stageSince,
        Set<Long> allowedUnits,
        Set<Long> refusedUnits) {

    /** The largest size of the white list, and of the list of refused units: {@value}. */
    public static final int MAX_UNITS = 1_000;

    /** The status of a release. */
    public enum Status {
        /** The arms have their shares. */
        RUNNING,
        /** The arms keep their shares; no promotion. */
        PAUSED,
        /** The baseline has everything; final. */
        ROLLED_BACK,
        /** The baseline has everything and the candidate is refused to everyone; final. */
        STOPPED,
        /** The candidate has everything; final. */
        COMPLETED;

        /**
         * Returns true if nothing can follow.
         *
         * @return true for a final status
         */
        public boolean isFinal() {
            return this != RUNNING && this != PAUSED;
        }
    }

    /**
     * Copies the sets.
     *
     * @param changeId the release
     * @param revision counts the changes
     * @param status whether traffic flows
     * @param exposure the shares of the arms
     * @param limitRatio the largest share
     * @param isPinned true after a person decided
     * @param startedAt when the release began
     * @param stageSince when the stage began
     * @param allowedUnits the white list
     * @param refusedUnits the refused units
     */
    public SwitchState {
        allowedUnits = Set.copyOf(allowedUnits);
        refusedUnits = Set.copyOf(refusedUnits);
    }

    static SwitchState first(String changeId, Exposure exposure, Instant now) {
        return new SwitchState(changeId, 1, Status.RUNNING, exposure, 1, false, now, now, Set.of(), Set.of());
    }

    SwitchState with(Status newStatus) {
        return changed(newStatus, exposure, limitRatio, isPinned, stageSince);
    }

    SwitchState with(Exposure newExposure, Instant now) {
        return changed(status, newExposure, limitRatio, isPinned, now);
    }

    SwitchState limited(double ratio) {
        return changed(status, exposure, ratio, isPinned, stageSince);
    }

    SwitchState pinned() {
        return changed(status, exposure, limitRatio, true, stageSince);
    }

    SwitchState allowing(long unit) {
        return new SwitchState(
                changeId,
                revision,
                status,
                exposure,
                limitRatio,
                isPinned,
                startedAt,
                stageSince,
                plus(allowedUnits, unit),
                refusedUnits);
    }

    SwitchState refusing(long unit) {
        return new SwitchState(
                changeId,
                revision,
                status,
                exposure,
                limitRatio,
                isPinned,
                startedAt,
                stageSince,
                allowedUnits,
                plus(refusedUnits, unit));
    }

    SwitchState atRevision(long newRevision) {
        return new SwitchState(
                changeId,
                newRevision,
                status,
                exposure,
                limitRatio,
                isPinned,
                startedAt,
                stageSince,
                allowedUnits,
                refusedUnits);
    }

    private static Set<Long> plus(Set<Long> units, long unit) {
        if (units.size() >= MAX_UNITS) {
            throw new IllegalStateException("a list of units holds at most " + MAX_UNITS
                    + " — close the entrance instead of refusing units one by one");
        }
        Set<Long> more = new HashSet<>(units);
        more.add(unit);
        return more;
    }

    private SwitchState changed(
            Status newStatus, Exposure newExposure, double newLimit, boolean newlyPinned, Instant newStageSince) {
        return new SwitchState(
                changeId,
                revision,
                newStatus,
                newExposure,
                newLimit,
                newlyPinned,
                startedAt,
                newStageSince,
                allowedUnits,
                refusedUnits);
    }
}
