package dev.llmops.release.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private static double[] coins(long seed, int n, double mean) {
        Random random = new Random(seed);
        return random.doubles(n).map(u -> u < mean ? 1 : 0).toArray();
    }

    @Test
    void no_score_leaves_every_mean() {
        assertThat(BettingSequence.interval(new double[0], .05)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void the_betting_interval_holds_the_mean_in_nearly_all_runs() {
        long missed = IntStream.range(0, 200)
                .filter(seed ->
                        !BettingSequence.interval(coins(seed, 300, .9), .05).contains(.9))
                .count();
        assertThat(missed).isLessThanOrEqualTo(10);
    }

    @Test
    void the_betting_interval_narrows() {
        Interval few = BettingSequence.interval(coins(1, 50, .5), .05);
        Interval many = BettingSequence.interval(coins(1, 2_000, .5), .05);
        assertThat(many.upper() - many.lower()).isLessThan(.12).isLessThan((few.upper() - few.lower()) / 2);
    }

    @Test
    void a_score_outside_the_range_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BettingSequence.interval(new double[] {.2, 1.5}, .05))
                .withMessage("scores must be in [0, 1], but one was 1.5");
    }

    @Test
    void the_configured_split_is_no_mismatch_and_a_lost_fifth_is() {
        double[] shares = {.1, .9};
        assertThat(SampleRatio.logEvidence(new long[] {1_000, 9_000}, shares, 100))
                .isNegative();
        assertThat(SampleRatio.logEvidence(new long[] {800, 9_200}, shares, 100))
                .isGreaterThan(Math.log(1_000));
    }

    @Test
    void stages_are_compared_each_by_itself() {
        // Both arms cost 1 in the first stage and 3 in the second; pooled, the candidate would look dearer.
        var cheap = new MeanDifference.Stage(new Moments(100, 1, .04), new Moments(9_900, 1, .04));
        var dear = new MeanDifference.Stage(new Moments(5_000, 3, .04), new Moments(5_000, 3, .04));
        MeanDifference difference = MeanDifference.of(List.of(cheap, dear), 1);
        assertThat(difference.estimate()).isZero();
        assertThat(difference.interval(.05).contains(0)).isTrue();
    }

    @Test
    void a_stage_with_few_values_is_left_out() {
        var few = new MeanDifference.Stage(new Moments(99, 1, .04), new Moments(9_900, 1, .04));
        assertThat(MeanDifference.of(List.of(few), 1).isEmpty()).isTrue();
    }
}
