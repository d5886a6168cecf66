package dev.llmops.release.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeanDifferenceTest {

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
