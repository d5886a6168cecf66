package dev.llmops.samples.gateway.release;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.GateDecision;
import dev.llmops.release.GateOperator;
import dev.llmops.release.GateSituation;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.GateRecorder;
import dev.llmops.release.policy.GatePolicy;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A release: its switch, its evidence and its verdicts. Thread-safe. */
final class Release implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Release.class);

    final GatePolicy policy;
    final GateProfile profile;
    final VersionSet baseline;
    final VersionSet changes;
    final VersionSwitch versions;
    final GateRecorder recorder;

    private final Map<Arm, LongAdder> calls = new EnumMap<>(Arm.class);
    private final GateOperator operator;
    private final String changeKind;
    private final Clock clock;
    private volatile @Nullable Judged judged;

    /**
     * A verdict.
     *
     * @param decision the verdict
     * @param awaitsPerson true if the gate may not go on by itself
     * @param evidence the sums that were judged
     * @param situation where the release stood
     */
    record Judged(GateDecision decision, boolean awaitsPerson, GateEvidence evidence, GateSituation situation) {}

    Release(ReleaseRequest asked, GatePolicy policy, GateProfile profile, VersionSet baseline, Clock clock) {
        this.policy = policy;
        this.profile = profile;
        this.baseline = baseline;
        this.changes = asked.candidate();
        this.changeKind = asked.changeKind();
        this.clock = clock;
        versions = VersionSwitch.builder(asked.changeId(), baseline, changes.orElse(baseline))
                .clock(clock)
                .build();
        recorder = new GateRecorder(asked.changeId(), policy, profile, clock, GateRecorder.DEFAULT_CALLS);
        operator = new GateOperator(policy, versions);
        for (Arm arm : Arm.values()) {
            calls.put(arm, new LongAdder());
        }
    }

    void start(Actor actor, String reason) {
        report(versions.controls().start(policy.exposure(policy.stages().get(0)), actor, reason));
        judge(Double.NaN);
    }

    String id() {
        return state().changeId();
    }

    /** Assigns a unit to an arm, and counts its call there. */
    Assigned assign(String unitId) {
        Assignment assignment = versions.assign(unitId);
        if (assignment.isCounted()) {
            Objects.requireNonNull(calls.get(assignment.arm())).increment();
        }
        return new Assigned(assignment, assignment.arm().isCandidateVersion() ? changes : VersionSet.empty());
    }

    /** Returns the number of calls that were assigned to an arm, also those that no test has counted yet. */
    long calls(Arm arm) {
        return Objects.requireNonNull(calls.get(arm)).sum();
    }

    SwitchState state() {
        return versions.state().orElseThrow();
    }

    List<SwitchEvent> events() {
        return versions.events();
    }

    Optional<Judged> judged() {
        return Optional.ofNullable(judged);
    }

    /**
     * Judges the release and carries the verdict out. Nothing changes once it has ended.
     *
     * @param sloBudgetRemainingRatio the smallest remaining error budget; NaN if none is known
     */
    synchronized void judge(double sloBudgetRemainingRatio) {
        SwitchState state = state();
        if (state.status().isFinal()) {
            return;
        }
        GateSituation situation = GateSituation.of(state, clock.instant())
                .withBudgets(sloBudgetRemainingRatio, false)
                .withChangeKind(changeKind);
        GateEvidence evidence = recorder.evidence();
        GateDecision decision = ReleaseGate.judge(policy, evidence, situation);
        judged = new Judged(decision, operator.isPersonNeeded(decision), evidence, situation);
        report(operator.carryOut(decision, state.revision()));
    }

    void report(Optional<SwitchEvent> event) {
        event.ifPresent(done -> LOG.info(
                "release {}: {} by {}, share {} — {}",
                done.changeId(),
                done.action().label(),
                done.actor().name(),
                done.candidateRatio(),
                done.reason()));
    }

    @Override
    public void close() {
        versions.close();
    }
}
