package dev.llmops.release.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** At a rate of one in a hundred, more than a third of all samples of a hundred have no bad unit. */
    @ParameterizedTest
    @CsvSource({"100, 0.06916", "400, 0.01148", "1000, 0.00405"})
    void a_sample_without_a_bad_unit_proves_no_rate_under_one_in_its_size(long n, double points) {
        Moments none = Moments.ofRate(0, n);
        MeanDifference difference = MeanDifference.of(List.of(new MeanDifference.Stage(none, none)), 1);
        assertThat(difference.interval(.05).upper()).isCloseTo(points, within(1e-5));
    }

    @Test
    void a_stage_with_few_values_is_left_out() {
        var few = new MeanDifference.Stage(new Moments(99, 1, .04), new Moments(9_900, 1, .04));
        assertThat(MeanDifference.of(List.of(few), 1).isEmpty()).isTrue();
    }
}
