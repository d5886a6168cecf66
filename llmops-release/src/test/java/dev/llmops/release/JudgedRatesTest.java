package dev.llmops.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.stats.JudgeCalibration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a verdict makes of an automatic judge that errs. */
class JudgedRatesTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
    private static final GatePolicy POLICY = GatePolicy.parse("judged.yml", """
        gate:
          unit: request
          stages:
            - {share: 50%, at_least: {units: 1000, time: 1h}, needs: proof}
            - {share: 100%}
          lines:
            quality:
              bad_answers: {pause: {points: 3, or_ratio: 1.5}, roll_back: {points: 5, or_ratio: 2}, judge: {card: required-for-proof}}
            risk: {stop_on: [pii_leak]}
        """);

    /** Recognises 90 % of the bad and of the good answers, by many labels. */
    private static final JudgeCalibration CARD = new JudgeCalibration("judge@3", 5_000, 4_500, 5_000, 4_500);

    private static LineResult judge(GateEvidence evidence, JudgeCalibration card) {
        GateSituation situation =
                new GateSituation(NOW, "50%", NOW.minus(Duration.ofHours(2)), Double.NaN, false, "", Map.of());
        return ReleaseGate.judge(
                        POLICY, evidence, card == null ? situation : situation.withJudges(Map.of("bad_answers", card)))
                .lines()
                .get(0);
    }

    private static Sums judged(Sums sums, Arm arm, long n, long flagged) {
        return sums.count("50%", "bad_answers", arm, n, flagged)
                .count("50%", "bad_answers/judged/none/judge@3", arm, n, flagged);
    }

    /** Answers that people labelled too: of the bad ones the judge flagged some, and of the good ones. */
    private static Sums labelled(Sums sums, Arm arm, long bad, long badFlagged, long good, long goodFlagged) {
        return sums.count("50%", "bad_answers/judged/bad/judge@3", arm, bad, badFlagged)
                .count("50%", "bad_answers/judged/good/judge@3", arm, good, goodFlagged);
    }

    @Test
    void with_a_card_the_rates_are_those_behind_what_the_judge_says() {
        // 10 % bad: 9 % flagged of them and 9 % of the good ones; Rogan and Gladen's formula takes 18 % back to 10 %.
        Sums sums = judged(judged(Sums.of(), Arm.CANDIDATE, 10_000, 1_800), Arm.BASELINE, 10_000, 1_800);
        LineResult line = judge(sums.evidence(), CARD);
        assertThat(line.value()).isCloseTo(.1, within(1e-12));
        assertThat(line.control()).isEqualTo(line.value());
        assertThat(line.reason())
                .startsWith("10 % against 10 % bad, corrected by the calibration of judge@3 (Rogan–Gladen)");
    }

    @Test
    void without_a_card_of_the_same_version_the_raw_rates_count_and_say_so() {
        Sums sums = judged(judged(Sums.of(), Arm.CANDIDATE, 10_000, 1_800), Arm.BASELINE, 10_000, 1_800);
        JudgeCalibration older = new JudgeCalibration("judge@2", 5_000, 4_500, 5_000, 4_500);
        assertThat(judge(sums.evidence(), older).value()).isEqualTo(.18);
        assertThat(judge(sums.evidence(), older).reason())
                .startsWith("18 % against 18 % bad, as judged, not corrected, n 10000 against 10000");
        assertThat(judge(sums.evidence(), older).verdict()).isEqualTo(LineResult.Verdict.UNDECIDED);
        assertThat(judge(sums.evidence(), null).verdict()).isEqualTo(LineResult.Verdict.UNDECIDED);
        assertThat(judge(sums.evidence(), null).reason()).endsWith("the judge has no certified calibration");
    }

    @Test
    void a_difference_that_the_judge_shrinks_below_the_limit_is_no_proof() {
        // The judge shows 19.5 % against 18 %: ×1.08 and 1.5 points. The truth behind it is 11.9 % against 10 %.
        Sums close = judged(judged(Sums.of(), Arm.CANDIDATE, 60_000, 10_800), Arm.BASELINE, 60_000, 10_800);
        assertThat(judge(close.evidence(), CARD).verdict()).isEqualTo(LineResult.Verdict.PASS);
        // 24 % against 21 %: ×1.14 as judged, ×1.27 in truth, and under 3 points as judged by a hair, 3.75 in truth.
        Sums shrunk = judged(judged(Sums.of(), Arm.CANDIDATE, 400_000, 91_200), Arm.BASELINE, 400_000, 81_200);
        LineResult line = judge(shrunk.evidence(), CARD);
        assertThat(line.value() - line.control()).isGreaterThan(.03);
        assertThat(line.verdict()).isEqualTo(LineResult.Verdict.UNDECIDED);
    }

    @Test
    void labels_of_people_take_back_what_a_judge_that_likes_length_takes_off() {
        // The judge calls 5 % of the candidate's answers bad and 20 % of the baseline's; people call 15 % of both bad.
        Sums sums = judged(judged(Sums.of(), Arm.CANDIDATE, 6_000, 300), Arm.BASELINE, 6_000, 1_200);
        labelled(sums, Arm.CANDIDATE, 150, 40, 850, 10);
        labelled(sums, Arm.BASELINE, 150, 120, 850, 80);
        LineResult line = judge(sums.evidence(), CARD);
        assertThat(line.value()).isBetween(.14, .16);
        assertThat(line.control()).isBetween(.14, .16);
        assertThat(line.reason())
                .contains("corrected by 1000 and 1000 labels of people (PPI++, judge@3), n 6000 against 6000;");
        assertThat(line.e()).isZero();
    }

    @Test
    void labels_prove_what_the_judge_alone_would_call_a_breach() {
        Sums sums = judged(judged(Sums.of(), Arm.CANDIDATE, 60_000, 15_000), Arm.BASELINE, 60_000, 9_000);
        assertThat(judge(sums.evidence(), CARD).verdict()).isEqualTo(LineResult.Verdict.ROLL_BACK);
        labelled(sums, Arm.CANDIDATE, 6_000, 5_700, 54_000, 9_300);
        labelled(sums, Arm.BASELINE, 6_000, 5_700, 54_000, 3_300);
        assertThat(judge(sums.evidence(), CARD).verdict()).isEqualTo(LineResult.Verdict.PASS);
    }

    @Test
    void few_labels_are_no_correction() {
        Sums sums = judged(judged(Sums.of(), Arm.CANDIDATE, 6_000, 1_080), Arm.BASELINE, 6_000, 1_080);
        labelled(sums, Arm.CANDIDATE, 30, 27, 160, 16);
        labelled(sums, Arm.BASELINE, 30, 27, 160, 16);
        assertThat(judge(sums.evidence(), CARD).reason()).contains("(Rogan–Gladen)");
    }

    @Test
    void a_judge_without_information_proves_nothing() {
        Sums sums = judged(judged(Sums.of(), Arm.CANDIDATE, 60_000, 30_000), Arm.BASELINE, 60_000, 30_000);
        JudgeCalibration coin = new JudgeCalibration("judge@3", 100, 50, 100, 50);
        assertThat(judge(sums.evidence(), coin).verdict()).isEqualTo(LineResult.Verdict.UNDECIDED);
        assertThat(judge(sums.evidence(), coin).value()).isNaN();
    }
}
