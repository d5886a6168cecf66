package dev.llmops.release.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.statistics.OddsGrid;
import dev.llmops.release.stats.JudgeCalibration;
import java.util.List;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that were computed elsewhere, to the tolerance at which they were stated. */
class AnchorsTest {

    @ParameterizedTest
    @CsvSource({"100, 0.471879346312", "500, 0.145983637558", "2000, 0.067869336284", "10000, 0.031530304387"})
    void the_asymptotic_sequence_has_the_published_width(int n, double expected) {
        assertThat(AsymptoticSequence.halfWidth(n, 1, .05, 2_000)).isCloseTo(expected, within(1e-11));
    }

    @Test
    void a_prediction_powered_share() {
        // Y = 1110110111, f = 1111110101 and F of 83 ones in 100: 8 labels and 8 predictions of 10 are ones, 7 are
        // both.
        Moments estimate = JudgeCorrection.predictionPowered(new JudgeCorrection.Counts(10, 8, 8, 7, 100, 83));
        assertThat(estimate.mean()).isCloseTo(0.812608444187, within(1e-11));
        assertThat(Math.sqrt(estimate.variance() / estimate.n())).isCloseTo(0.124763701388, within(1e-11));
    }

    @Test
    void the_weight_of_the_predictions() {
        // θ̂ = .8 + λ(.83 − .8)
        Moments estimate = JudgeCorrection.predictionPowered(new JudgeCorrection.Counts(10, 8, 8, 7, 100, 83));
        assertThat((estimate.mean() - .8) / (.83 - .8)).isCloseTo(.420281472913, within(1e-9));
    }

    @Test
    void labels_without_a_spread_of_predictions_stand_alone() {
        Moments estimate = JudgeCorrection.predictionPowered(new JudgeCorrection.Counts(10, 4, 0, 0, 100, 0));
        assertThat(estimate.mean()).isEqualTo(.4);
    }

    @Test
    void too_few_labels_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JudgeCorrection.predictionPowered(new JudgeCorrection.Counts(1, 0, 0, 0, 100, 3)))
                .withMessageStartingWith("answers are too few (1 labelled, 100 others) — ");
    }

    @Test
    void the_true_share_behind_an_apparent_one() {
        assertThat(JudgeCorrection.roganGladen(.86, .9, .8)).isCloseTo(.942857142857, within(1e-11));
    }

    @Test
    void a_judge_that_knows_nothing_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JudgeCorrection.roganGladen(.5, .5, .5))
                .withMessage("sensitivity and specificity are too low (0.5 and 0.5) — their sum must be over 1"
                        + " — calibrate another judge");
    }

    @ParameterizedTest
    @CsvSource({"8, 2, 2.0687", "10, 0, 93.09", "16, 4, 10.306", "0, 0, 1"})
    void the_multinomial_test_with_a_flat_prior(long first, long second, double expected) {
        double logE = SampleRatio.logEvidence(new long[] {first, second}, new double[] {.5, .5}, 2);
        assertThat(Math.exp(logE)).isCloseTo(expected, within(expected * 1e-4));
    }

    @Test
    void the_multigrid_canary_of_five_errors_in_a_hundred_is_no_proof() {
        // Even an error rate that is known would not be rejected by them.
        assertThat(PoissonDistribution.of(2).survivalProbability(4)).isCloseTo(.053, within(5e-4));
        double logE = RateRatio.logEvidenceOfExcess(List.of(new EventSplit(.01, 5, 198)), 1);
        assertThat(Math.exp(logE)).isBetween(1.0, 20.0);
    }

    @Test
    void discordant_pairs_alone_count() {
        double unpaired = OddsGrid.of(1, 1.2, 1.5, 2, 3, 5, 8).add(.5, 30, 10).logEvidence();
        assertThat(PairedShadow.logEvidenceOfExcess(30, 10)).isEqualTo(unpaired).isGreaterThan(Math.log(20));
        assertThat(PairedShadow.logEvidenceOfExcess(0, 0)).isZero();
    }

    @Test
    void a_card_of_a_hundred_labels_a_side_certifies_from_eighty_nine_right() {
        assertThat(new JudgeCalibration("judge/1", 100, 89, 100, 89).isCertified())
                .isTrue();
        assertThat(new JudgeCalibration("judge/1", 100, 88, 100, 100).isCertified())
                .isFalse();
        assertThat(new JudgeCalibration("judge/1", 100, 95, 100, 88)
                        .sensitivity()
                        .lower())
                .isCloseTo(.887165, within(1e-6));
    }

    @Test
    void more_latency_than_either_rule_forgives() {
        assertThat(ScaledExceedance.candidateThreshold(20, 1.15, 50)).isEqualTo(70);
        assertThat(ScaledExceedance.candidateThreshold(2_000, 1.15, 50)).isCloseTo(2_300, within(1e-9));
    }
}
