package dev.llmops.release;

import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.SwitchControls;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.policy.GatePolicy;
import java.util.Optional;

/**
 * Carries decisions out, once in a fleet: each names the revision that was judged. Past half of the traffic it waits for a
 * person, unless the policy says otherwise. Thread-safe.
 *
 * @since 0.1.0
 */
public final class GateOperator {

    private final GatePolicy policy;
    private final VersionSwitch release;

    /**
     * Creates an operator.
     *
     * @param policy the release's policy
     * @param release the switch that it works
     */
    public GateOperator(GatePolicy policy, VersionSwitch release) {
        this.policy = policy;
        this.release = release;
    }

    /**
     * Carries out a decision.
     *
     * @param decision what was decided
     * @param judgedRevision the revision of the state that was judged
     * @return the change of the switch; empty if there is nothing to do, another instance came first, or a person is asked
     * @throws dev.llmops.release.arm.SwitchStoreException if the store cannot be reached
     */
    public Optional<SwitchEvent> carryOut(GateDecision decision, long judgedRevision) {
        SwitchControls controls = release.controls();
        String reason = decision.reason();
        return switch (decision.verdict()) {
            case STOP -> controls.closeEntrance(judgedRevision, Actor.gate(), reason);
            case ROLL_BACK -> controls.rollBack(judgedRevision, Actor.gate(), reason);
            case INVALID, PAUSE -> controls.pause(judgedRevision, Actor.gate(), reason);
            case CONTINUE -> Optional.empty();
            case PROMOTE -> promote(decision, judgedRevision);
        };
    }

    /**
     * Returns true if a decision to promote waits for a person.
     *
     * @param decision what was decided
     * @return true if the next stage is past what the gate may do by itself
     */
    public boolean isPersonNeeded(GateDecision decision) {
        return decision.verdict() == GateDecision.Verdict.PROMOTE
                && decision.next() != null
                && decision.next().candidateRatio() > GatePolicy.LARGEST_AUTOMATIC_RATIO
                && !policy.isAutoPromoting();
    }

    private Optional<SwitchEvent> promote(GateDecision decision, long judgedRevision) {
        if (isPersonNeeded(decision)) {
            return Optional.empty();
        }
        if (decision.next() == null) {
            return release.controls().complete(judgedRevision, Actor.gate(), decision.reason());
        }
        Exposure exposure = policy.exposure(decision.next());
        return release.controls().promote(judgedRevision, exposure, Actor.gate(), decision.reason());
    }
}
