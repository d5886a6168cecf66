package dev.llmops.quality.drift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often fixed limits alarm without drift, and how often tests find a shift, against published shares. */
class MeasuredErrorsTest {

    private static final int RUNS = 1_000;

    private static double share(ToDoubleFunction<Random> trial, double over) {
        return IntStream.range(0, RUNS)
                        .filter(seed -> trial.applyAsDouble(new Random(seed)) > over)
                        .count()
                / (double) RUNS;
    }

    private static double[] normal(Random random, int n, double shift) {
        return random.doubles(n).map(u -> random.nextGaussian() + shift).toArray();
    }

    private static long[] uniform(Random random, int n, int bins) {
        long[] counts = new long[bins];
        for (int i = 0; i < n; i++) {
            counts[random.nextInt(bins)]++;
        }
        return counts;
    }

    @ParameterizedTest
    @CsvSource({
        "10, 100, 0.1, 0.86",
        "10, 100, 0.25, 0.22",
        "10, 200, 0.1, 0.37",
        "10, 500, 0.1, 0.004",
        "20, 200, 0.1, 0.96"
    })
    void a_fixed_limit_of_the_index_alarms_without_drift(int bins, int n, double limit, double expected) {
        double alarms = share(
                random -> BinnedStatistics.psiZeroFilled(uniform(random, n, bins), uniform(random, n, bins)), limit);
        assertThat(alarms).isCloseTo(expected, within(.04));
    }

    @ParameterizedTest
    @CsvSource({"50, 0.94", "100, 0.58", "200, 0.08", "500, 0"})
    void the_compatibility_mode_calls_normal_values_high_without_drift(int n, double expected) {
        double high = share(
                random -> CompatibilityMode.compare(normal(random, n, 0), normal(random, n, 0))
                        .severity()
                        .ordinal(),
                Severity.HIGH.ordinal() - .5);
        assertThat(high).isCloseTo(expected, within(.05));
    }

    @ParameterizedTest
    @CsvSource({"10, 500", "10, 1000", "10, 5000", "20, 1000"})
    void the_calibrated_index_keeps_its_level(int bins, int n) {
        double alarms = share(
                random -> {
                    double psi = BinnedStatistics.psi(uniform(random, n, bins), uniform(random, n, bins));
                    return -BinnedStatistics.psiPValue(psi, bins, n, n);
                },
                -.05);
        assertThat(alarms).isBetween(.02, .056 + 3 * Math.sqrt(.05 * .95 / RUNS));
    }

    /** Ten bins between the deciles of the reference; the exact test has the raw values. */
    @ParameterizedTest
    @CsvSource({"500, 0.53, 0.76", "1000, 0.88, 0.96"})
    void a_shift_of_a_fifth_of_a_deviation_is_found(int n, double byIndex, double byRanks) {
        double index = share(random -> -indexPValue(normal(random, n, 0), normal(random, n, .2)), -.05);
        double ranks = share(
                random -> -SampleStatistics.kolmogorovSmirnov(normal(random, n, 0), normal(random, n, .2))
                        .pValue(),
                -.05);
        assertThat(index).isCloseTo(byIndex, within(.06));
        assertThat(ranks).isCloseTo(byRanks, within(.06));
    }

    private static double indexPValue(double[] reference, double[] current) {
        double[] sorted = reference.clone();
        Arrays.sort(sorted);
        double[] edges = IntStream.range(1, 10)
                .mapToDouble(i -> sorted[i * sorted.length / 10])
                .toArray();
        double psi = BinnedStatistics.psi(counts(reference, edges), counts(current, edges));
        return BinnedStatistics.psiPValue(psi, 10, reference.length, current.length);
    }

    private static long[] counts(double[] values, double[] edges) {
        long[] counts = new long[edges.length + 1];
        for (double value : values) {
            int bin = 0;
            while (bin < edges.length && value >= edges[bin]) {
                bin++;
            }
            counts[bin]++;
        }
        return counts;
    }
}
