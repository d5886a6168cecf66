package dev.llmops.quality.drift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class BinnedStatisticsTest {

    static Stream<JsonNode> binned() throws IOException {
        return DriftCases.read("binned.jsonl");
    }

    private static void assertClose(double actual, JsonNode expected) {
        double value = expected.asDouble();
        assertThat(actual).isCloseTo(value, within(Math.max(Math.abs(value) * 1e-9, 1e-12)));
    }

    @ParameterizedTest
    @MethodSource("binned")
    void the_population_stability_index_agrees(JsonNode c) {
        long[] reference = DriftCases.longs(c.get("reference_counts"));
        long[] current = DriftCases.longs(c.get("current_counts"));
        long n = c.get("n").asLong();
        long m = c.get("m").asLong();
        double psi = BinnedStatistics.psi(reference, current);

        assertClose(BinnedStatistics.psiZeroFilled(reference, current), c.get("psi_zero_fill"));
        assertClose(psi, c.get("psi_smoothed"));
        assertClose(BinnedStatistics.psiNullMean(reference.length, n, m), c.get("psi_null_mean"));
        assertClose(BinnedStatistics.psiCriticalValue(reference.length, n, m, 0.05), c.get("psi_critical_95"));
        assertClose(BinnedStatistics.psiPValue(psi, reference.length, n, m), c.get("psi_p"));
    }

    @ParameterizedTest
    @MethodSource("binned")
    void the_distances_agree(JsonNode c) {
        long[] reference = DriftCases.longs(c.get("reference_counts"));
        long[] current = DriftCases.longs(c.get("current_counts"));

        double js = BinnedStatistics.jensenShannonDistance(reference, current);
        assertClose(js, c.get("js_distance_base2"));
        assertClose(js * Math.sqrt(Math.log(2)), c.get("js_distance_nat"));
        assertClose(BinnedStatistics.hellingerDistance(reference, current), c.get("hellinger"));
        assertClose(BinnedStatistics.largestShareDifference(reference, current), c.get("l_infinity"));
        if (c.has("bin_centres")) {
            double[] centres = DriftCases.doubles(c.get("bin_centres"));
            assertClose(
                    BinnedStatistics.wassersteinDistance(reference, current, centres), c.get("wasserstein_on_centres"));
        }
    }

    @ParameterizedTest
    @MethodSource("binned")
    void the_kolmogorov_smirnov_test_agrees(JsonNode c) {
        long[] reference = DriftCases.longs(c.get("reference_counts"));
        long[] current = DriftCases.longs(c.get("current_counts"));
        double d = BinnedStatistics.ksStatistic(reference, current);

        assertClose(d, c.get("ks_d"));
        assertClose(BinnedStatistics.ksPValue(d, c.get("n").asLong(), c.get("m").asLong()), c.get("ks_p_kolmogorov"));
        assertClose(
                SampleStatistics.kolmogorovSmirnov(spread(reference), spread(current), PValueMethod.ASYMPTOTIC)
                        .pValue(),
                c.get("ks_p_kstwo"));
    }

    private static double[] spread(long[] counts) {
        return IntStream.range(0, counts.length)
                .boxed()
                .flatMap(bin -> Stream.generate(() -> (double) bin).limit(counts[bin]))
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("binned")
    void the_tests_of_homogeneity_agree(JsonNode c) {
        long[] reference = DriftCases.longs(c.get("reference_counts"));
        long[] current = DriftCases.longs(c.get("current_counts"));
        TestResult chiSquare = BinnedStatistics.chiSquare(reference, current);
        TestResult g = BinnedStatistics.gTest(reference, current);

        assertClose(chiSquare.statistic(), c.get("chi2"));
        assertClose(chiSquare.pValue(), c.get("chi2_p"));
        assertClose(g.statistic(), c.get("g"));
        assertClose(g.pValue(), c.get("g_p"));
    }

    @Property
    void equal_histograms_do_not_differ(
            @ForAll @Size(min = 2, max = 20) List<@LongRange(min = 1, max = 1_000) Long> values) {
        long[] counts = counts(values);
        assertThat(BinnedStatistics.psi(counts, counts)).isZero();
        assertThat(BinnedStatistics.ksStatistic(counts, counts)).isZero();
        assertThat(BinnedStatistics.jensenShannonDistance(counts, counts)).isZero();
    }

    @Property
    void distances_do_not_depend_on_the_direction(
            @ForAll @Size(8) List<@LongRange(min = 1, max = 1_000) Long> first,
            @ForAll @Size(8) List<@LongRange(min = 1, max = 1_000) Long> second) {
        long[] one = counts(first);
        long[] two = counts(second);
        assertThat(BinnedStatistics.psi(one, two)).isCloseTo(BinnedStatistics.psi(two, one), within(1e-12));
        assertThat(BinnedStatistics.ksStatistic(one, two)).isEqualTo(BinnedStatistics.ksStatistic(two, one));
    }

    private static long[] counts(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    @Test
    void an_empty_histogram_is_an_error_that_says_what_to_do() {
        assertThatThrownBy(() -> BinnedStatistics.psi(new long[3], new long[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a histogram must not be empty, but its counts are all 0; "
                        + "compare once there is data on both sides");
    }

    @Test
    void histograms_over_different_bins_are_an_error() {
        assertThatThrownBy(() -> BinnedStatistics.psi(new long[] {1, 2}, new long[] {1, 2, 3}))
                .hasMessageContaining("have 2 and 3");
    }

    @Test
    void bins_without_any_value_do_not_count() {
        long[][] used = BinnedStatistics.withoutEmptyBins(new long[] {0, 5, 0}, new long[] {0, 3, 2});
        assertThat(Arrays.deepToString(used)).isEqualTo("[[5, 0], [3, 2]]");
    }
}
