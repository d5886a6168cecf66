package dev.llmops.release.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.stats.Interval;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileRatioTest {

    private static final double STEP = Math.pow(2, 1.0 / 8);
    private static final double Q = .95;

    private static NavigableMap<Integer, Long> histogram(double[] values) {
        NavigableMap<Integer, Long> counts = new TreeMap<>();
        for (double value : values) {
            counts.merge(bucket(value), 1L, Long::sum);
        }
        return counts;
    }

    private static int bucket(double value) {
        return (int) Math.floor(Math.log(value) / Math.log(STEP));
    }

    private static double[] latencies(long seed, int n, double factor) {
        Random random = new Random(seed);
        return random.doubles(n)
                .map(u -> factor * Math.exp(.5 * random.nextGaussian()))
                .toArray();
    }

    /** The same distribution by what it stands for: draws with replacement. */
    private static double[] resampled(Random random, double[] sample) {
        double[] draw = new double[sample.length];
        for (int i = 0; i < draw.length; i++) {
            draw[i] = sample[random.nextInt(sample.length)];
        }
        Arrays.sort(draw);
        return draw;
    }

    @Test
    void the_closed_form_is_what_ten_thousand_resamples_say() {
        double[] candidate = latencies(1, 400, 1.5);
        double[] reference = latencies(2, 400, 1);
        Random random = new Random(3);
        int k = (int) Math.ceil(Q * 400) - 1;
        int[] differences = IntStream.range(0, 10_000)
                .map(i -> bucket(resampled(random, candidate)[k]) - bucket(resampled(random, reference)[k]))
                .sorted()
                .toArray();
        Interval interval = QuantileRatio.bootstrap(histogram(candidate), histogram(reference), Q, STEP, .025);
        assertThat(Math.log(interval.lower()) / Math.log(STEP)).isCloseTo(differences[250] - 1, within(1e-9));
        assertThat(Math.log(interval.upper()) / Math.log(STEP)).isCloseTo(differences[9_749] + 1, within(1e-9));
    }

    @Test
    void the_interval_covers_the_true_ratio_in_at_least_nineteen_of_twenty_runs() {
        long covered = IntStream.range(0, 200)
                .filter(seed -> QuantileRatio.bootstrap(
                                histogram(latencies(seed, 300, 1.3)),
                                histogram(latencies(10_000 + seed, 300, 1)),
                                Q,
                                STEP,
                                .025)
                        .contains(1.3))
                .count();
        assertThat(covered).isGreaterThanOrEqualTo(190);
    }

    @Test
    void equal_constants_are_equal_to_a_bucket() {
        NavigableMap<Integer, Long> constant = new TreeMap<>();
        constant.put(40, 500L);
        assertThat(QuantileRatio.bootstrap(constant, constant, Q, STEP, .025)).isEqualTo(new Interval(1 / STEP, STEP));
    }

    @Test
    void an_arm_without_values_excludes_nothing() {
        assertThat(QuantileRatio.bootstrap(new TreeMap<>(), histogram(latencies(1, 50, 1)), Q, STEP, .025))
                .isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    }
}
