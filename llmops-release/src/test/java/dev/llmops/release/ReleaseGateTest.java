package dev.llmops.release;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.policy.GatePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseGateTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    private static final String ONLY_ERRORS = """
            gate:
              unit: request
              stages:
                - {share: 50%, at_least: {units: 1000, time: 1h}, needs: proof}
                - {share: 100%, holdback: 5%, for: 24h}
              lines:
                quality:
                  errors: {pause: {ratio: 1.5}, roll_back: {ratio: 2}, min_bad: 5}
                risk: {stop_on: [pii_leak]}
                budget: {freeze_when: {slo_budget_remaining: <= 0}, exempt: [security]}
            """;
    private static final GatePolicy ERRORS = GatePolicy.parse("errors.yml", ONLY_ERRORS);

    private static GateSituation at(String stage, Duration held) {
        return new GateSituation(NOW, stage, NOW.minus(held), Double.NaN, false, "", Map.of());
    }

    private static GateDecision judge(GateEvidence evidence, Duration held) {
        return ReleaseGate.judge(ERRORS, evidence, at("50%", held));
    }

    @Test
    void no_record_of_the_candidate_promotes_nothing() {
        GateDecision early = judge(GateEvidence.empty("r1"), Duration.ofMinutes(30));
        assertThat(early.verdict()).isEqualTo(GateDecision.Verdict.CONTINUE);
        assertThat(early.lines()).extracting(LineResult::verdict).containsOnly(LineResult.Verdict.NO_DATA);
        assertThat(judge(GateEvidence.empty("r1"), Duration.ofHours(2)).verdict())
                .isEqualTo(GateDecision.Verdict.PAUSE);
    }

    @Test
    void silence_until_the_longest_hold_rolls_back_as_inconclusive() {
        GateDecision decision = judge(GateEvidence.empty("r1"), Duration.ofHours(73));
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.ROLL_BACK);
        assertThat(decision.isInconclusive()).isTrue();
        assertThat(decision.reason()).startsWith("inconclusive after 72h: 0 of 1000 units");
    }

    @Test
    void equal_rates_without_proof_are_no_reason_to_go_on() {
        GateDecision decision =
                judge(Sums.of().errors("50%", 1_500, 10, 1_500, 10).evidence(), Duration.ofHours(2));
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.CONTINUE);
        assertThat(decision.reason()).isEqualTo("errors is not proved");
    }

    @Test
    void proof_promotes() {
        GateDecision decision =
                judge(Sums.of().errors("50%", 20_000, 300, 20_000, 300).evidence(), Duration.ofHours(2));
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.PROMOTE);
        assertThat(decision.next().name()).isEqualTo("100%");
        assertThat(decision.lines().get(0).verdict()).isEqualTo(LineResult.Verdict.PASS);
    }

    @Test
    void proof_before_its_time_waits() {
        GateDecision decision =
                judge(Sums.of().errors("50%", 20_000, 300, 20_000, 300).evidence(), Duration.ofMinutes(5));
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.CONTINUE);
        assertThat(decision.reason()).isEqualTo("5m of 1h");
    }

    @Test
    void a_breach_explains_itself() {
        GateDecision decision =
                judge(Sums.of().errors("50%", 1_000, 80, 1_000, 15).evidence(), Duration.ofHours(2));
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.ROLL_BACK);
        LineResult line = decision.lines().get(0);
        assertThat(line.value()).isEqualTo(.08);
        assertThat(line.control()).isEqualTo(.015);
        assertThat(line.interval().lower()).isBetween(2.0, 5.3);
        assertThat(line.limit()).isEqualTo(20);
        assertThat(decision.explain())
                .contains("errors: ROLL_BACK — 8 % against 1.5 % bad is more than ×2 allows, n 1000 against 1000, e ");
    }

    @Test
    void few_bad_events_pause_and_do_not_roll_back() {
        GateDecision decision = judge(Sums.of().errors("50%", 40, 4, 4_000, 0).evidence(), Duration.ofHours(2));
        assertThat(decision.lines().get(0).verdict()).isNotEqualTo(LineResult.Verdict.ROLL_BACK);
    }

    @Test
    void one_leak_of_the_candidate_stops_whatever_else_is_good() {
        GateEvidence leaky = Sums.of()
                .errors("50%", 20_000, 300, 20_000, 300)
                .count("50%", "risk/pii_leak", Arm.CANDIDATE, 1, 1)
                .evidence();
        GateDecision decision = judge(leaky, Duration.ofHours(2));
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.STOP);
        assertThat(decision.reason()).isEqualTo("pii_leak happened 1 times at 50%; none is tolerated");
    }

    @Test
    void a_leak_of_the_baseline_is_not_the_candidates() {
        GateEvidence leaky =
                Sums.of().count("50%", "risk/pii_leak", Arm.BASELINE, 1, 1).evidence();
        assertThat(judge(leaky, Duration.ofMinutes(5)).verdict()).isEqualTo(GateDecision.Verdict.CONTINUE);
    }

    @Test
    void lost_records_of_one_arm_void_the_comparison() {
        GateDecision decision =
                judge(Sums.of().errors("50%", 18_000, 180, 20_000, 200).evidence(), Duration.ofHours(2));
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.INVALID);
        assertThat(decision.reason())
                .isEqualTo(
                        "the arms did not get their shares of the units at 50%: candidate 18000 (share 50 %), baseline"
                                + " 20000 (share 50 %); records are lost on one arm, or the assignment is not random");
    }

    @Test
    void another_mix_of_traffic_pauses() {
        GateEvidence shifted = Sums.of()
                .errors("50%", 20_000, 300, 20_000, 300)
                .count("50%", "mix/feature#3", Arm.CANDIDATE, 3_000, 0)
                .count("50%", "mix/feature#3", Arm.BASELINE, 2_000, 0)
                .evidence();
        assertThat(judge(shifted, Duration.ofHours(2)).reason())
                .isEqualTo("the mix of traffic differs between the arms at 50% in mix/feature#3");
    }

    @Test
    void a_spent_error_budget_freezes_all_but_exempt_changes() {
        GateEvidence proved = Sums.of().errors("50%", 20_000, 300, 20_000, 300).evidence();
        GateSituation spent = at("50%", Duration.ofHours(2)).withBudgets(-.1, false);
        assertThat(ReleaseGate.judge(ERRORS, proved, spent).verdict()).isEqualTo(GateDecision.Verdict.PAUSE);
        assertThat(ReleaseGate.judge(ERRORS, proved, spent.withChangeKind("security"))
                        .verdict())
                .isEqualTo(GateDecision.Verdict.PROMOTE);
    }

    @Test
    void a_ramp_under_a_rising_rate_is_no_breach() {
        // 1 % bad at 1 % share, 6 % bad at 50 %: pooled, the candidate would look twice as bad.
        GateEvidence ramp = Sums.of()
                .errors("1%", 100, 1, 9_900, 99)
                .errors("50%", 5_000, 300, 5_000, 300)
                .evidence();
        LineResult errors = ReleaseGate.judge(FIVE_TESTS, ramp, at("50%", Duration.ofHours(2)))
                .lines()
                .get(0);
        assertThat(errors.e()).isLessThan(1);
        assertThat(errors.verdict()).isIn(LineResult.Verdict.UNDECIDED, LineResult.Verdict.PASS);
    }

    @Test
    void the_last_stage_is_compared_with_the_holdback() {
        GateEvidence late = Sums.of()
                .count("100%", "units", Arm.CANDIDATE, 95_000, 0)
                .count("100%", "units", Arm.HOLDBACK, 5_000, 0)
                .count("100%", "errors", Arm.CANDIDATE, 95_000, 9_500)
                .count("100%", "errors", Arm.HOLDBACK, 5_000, 50)
                .evidence();
        assertThat(ReleaseGate.judge(ERRORS, late, at("100%", Duration.ofHours(2)))
                        .verdict())
                .isEqualTo(GateDecision.Verdict.ROLL_BACK);
    }

    @Test
    void the_end_of_the_holdback_completes_the_release() {
        GateEvidence late = Sums.of()
                .count("100%", "units", Arm.CANDIDATE, 95_000, 0)
                .count("100%", "units", Arm.HOLDBACK, 5_000, 0)
                .evidence();
        GateDecision decision = ReleaseGate.judge(ERRORS, late, at("100%", Duration.ofHours(25)));
        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.PROMOTE);
        assertThat(decision.next()).isNull();
    }

    @Test
    void pairs_in_which_the_candidate_is_worse_pause_before_any_user_meets_it() {
        GatePolicy shadowed = GatePolicy.parse(
                "shadow.yml",
                ONLY_ERRORS.replace("stages:\n", "stages:\n    - {name: shadow, mirror: 10%, until: {pairs: 300}}\n"));
        GateEvidence pairs = Sums.of()
                .count("shadow", "units/pairs", Arm.SHADOW, 400, 0)
                .count("shadow", "errors/pairs", Arm.SHADOW, 400, 40)
                .count("shadow", "errors/pairs", Arm.BASELINE, 400, 8)
                .evidence();
        assertThat(ReleaseGate.judge(shadowed, pairs, at("shadow", Duration.ofHours(1)))
                        .verdict())
                .isEqualTo(GateDecision.Verdict.PAUSE);
    }

    @Test
    void a_stage_that_the_policy_does_not_have_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReleaseGate.judge(ERRORS, GateEvidence.empty("r1"), at("7%", Duration.ZERO)))
                .withMessage("stage is not known ('7%') — [50%, 100%] are allowed — name a stage of the policy");
    }

    @Test
    void equal_inputs_give_equal_decisions() {
        GateEvidence evidence = Sums.of().errors("50%", 1_000, 80, 1_000, 15).evidence();
        GateEvidence read = GateEvidence.fromJson(evidence.toJson());
        assertThat(judge(read, Duration.ofHours(2))).isEqualTo(judge(evidence, Duration.ofHours(2)));
    }
}
