package dev.llmops.release.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileSequenceTest {

    /** Published ranks for p = 0.95 and 2.5 % a side. */
    @ParameterizedTest
    @CsvSource({"200, 178, 199", "1000, 927, 970", "2000, 1868, 1929"})
    void ranks_of_the_ends(int n, int lower, int upper) {
        assertThat(QuantileSequence.largestTooSmall(n, .95, .025)).isEqualTo(lower);
        assertThat(QuantileSequence.smallestTooLarge(n, .95, .025)).isEqualTo(upper);

        double[] ranks = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
        assertThat(QuantileSequence.interval(ranks, .95, .025)).isEqualTo(new Interval(lower + 1, upper));
    }

    @Test
    void a_hundred_values_have_no_upper_end() {
        double[] ranks = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();

        assertThat(QuantileSequence.interval(ranks, .95, .025)).isEqualTo(new Interval(86, Double.POSITIVE_INFINITY));
        assertThat(QuantileSequence.interval(new double[0], .95, .025))
                .isEqualTo(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void ties_do_no_harm() {
        double[] values = new double[2_000];
        Arrays.fill(values, 1_000, 2_000, 7);

        assertThat(QuantileSequence.interval(values, .95, .025)).isEqualTo(new Interval(7, 7));
    }

    @Test
    void the_true_quantile_is_rarely_left_out_at_any_look() {
        int runs = 200;
        long left =
                IntStream.range(0, runs).filter(QuantileSequenceTest::leavesOut).count();

        assertThat(left).isLessThanOrEqualTo((long) (runs * (.05 + 3 * Math.sqrt(.05 * .95 / runs))));
    }

    private static boolean leavesOut(int seed) {
        double[] values = new SplittableRandom(seed).doubles(2_000).toArray();
        return IntStream.iterate(50, n -> n <= values.length, n -> n + 50)
                .anyMatch(n -> !QuantileSequence.interval(Arrays.copyOf(values, n), .95, .025)
                        .contains(.95));
    }
}
