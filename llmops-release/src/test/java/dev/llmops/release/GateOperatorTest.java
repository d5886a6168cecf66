package dev.llmops.release;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.policy.GatePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateOperatorTest {

    private final SwitchStore store = SwitchStore.inMemory();
    private final VersionSwitch release = Releases.newSwitch("r1", store, new FakeTicker());

    private static GateDecision decision(GateDecision.Verdict verdict, GatePolicy.Stage next) {
        return new GateDecision("r1", "10%", .1, verdict, "because", false, Map.of(), List.of(), Map.of(), next);
    }

    private long start(String stage) {
        release.controls().start(FIVE_TESTS.exposure(FIVE_TESTS.stage(stage).orElseThrow()), Releases.ADA, "go");
        return 1;
    }

    private Optional<SwitchEvent> carryOut(GatePolicy policy, GateDecision decision, long revision) {
        return new GateOperator(policy, release).carryOut(decision, revision);
    }

    @Test
    void each_verdict_has_its_action() {
        long revision = start("10%");
        assertThat(carryOut(FIVE_TESTS, decision(GateDecision.Verdict.CONTINUE, null), revision))
                .isEmpty();
        assertThat(carryOut(FIVE_TESTS, decision(GateDecision.Verdict.PAUSE, null), revision)
                        .orElseThrow()
                        .action())
                .isEqualTo(SwitchEvent.Action.PAUSE);
        assertThat(carryOut(FIVE_TESTS, decision(GateDecision.Verdict.ROLL_BACK, null), 2)
                        .orElseThrow()
                        .action())
                .isEqualTo(SwitchEvent.Action.ROLL_BACK);
        assertThat(carryOut(FIVE_TESTS, decision(GateDecision.Verdict.STOP, null), 3)
                        .orElseThrow()
                        .action())
                .isEqualTo(SwitchEvent.Action.CLOSE_ENTRANCE);
    }

    @Test
    void the_gate_goes_to_half_of_the_traffic_and_then_asks_a_person() {
        long revision = start("10%");
        GateDecision toHalf =
                decision(GateDecision.Verdict.PROMOTE, FIVE_TESTS.stage("50%").orElseThrow());
        GateDecision toAll =
                decision(GateDecision.Verdict.PROMOTE, FIVE_TESTS.stage("100%").orElseThrow());
        assertThat(carryOut(FIVE_TESTS, toHalf, revision)).isPresent();
        assertThat(carryOut(FIVE_TESTS, toAll, 2)).isEmpty();
        assertThat(new GateOperator(FIVE_TESTS, release).isPersonNeeded(toAll)).isTrue();
    }

    @Test
    void a_policy_may_let_the_gate_finish_alone() {
        GatePolicy alone = GatePolicy.parse("alone.yml", """
                gate:
                  unit: request
                  auto_promote: true
                  stages: [{share: 50%, needs: proof}, {share: 100%, holdback: 5%, for: 1h}]
                  lines: {quality: {errors: {roll_back: {ratio: 2}}}}
                """);
        long revision = start("10%");
        carryOut(
                alone,
                decision(GateDecision.Verdict.PROMOTE, alone.stage("100%").orElseThrow()),
                revision);
        assertThat(release.state().orElseThrow().exposure().candidateRatio()).isEqualTo(.95);
        carryOut(alone, decision(GateDecision.Verdict.PROMOTE, null), 2);
        assertThat(release.state().orElseThrow().status()).isEqualTo(SwitchState.Status.COMPLETED);
        assertThat(release.assign("any").arm()).isEqualTo(Arm.CANDIDATE);
    }

    @Test
    void twenty_instances_that_judge_alike_act_once() {
        long revision = start("10%");
        GateDecision rollBack = decision(GateDecision.Verdict.ROLL_BACK, null);
        long acted = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> Releases.newSwitch("r1", store, new FakeTicker()))
                .map(member -> new GateOperator(FIVE_TESTS, member).carryOut(rollBack, revision))
                .filter(Optional::isPresent)
                .count();
        assertThat(acted).isEqualTo(1);
        assertThat(release.events()).hasSize(2);
    }
}
