package dev.llmops.quality.drift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.Inequality;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SampleStatisticsTest {

    static Stream<JsonNode> twoSample() throws IOException {
        return DriftCases.read("two-sample.jsonl");
    }

    static Stream<JsonNode> ksTable() throws IOException {
        return DriftCases.read("ks-table.jsonl");
    }

    static Stream<JsonNode> evidently() throws IOException {
        return DriftCases.read("evidently.jsonl");
    }

    private static void assertClose(double actual, JsonNode expected, double relative) {
        double value = expected.asDouble();
        assertThat(actual).isCloseTo(value, within(Math.max(Math.abs(value) * relative, 1e-200)));
    }

    @ParameterizedTest
    @MethodSource("twoSample")
    void two_samples_agree(JsonNode c) {
        double[] x = DriftCases.doubles(c.get("x"));
        double[] y = DriftCases.doubles(c.get("y"));
        TestResult exact = SampleStatistics.kolmogorovSmirnov(x, y, PValueMethod.EXACT);
        TestResult asymptotic = SampleStatistics.kolmogorovSmirnov(x, y, PValueMethod.ASYMPTOTIC);
        TestResult ranks = SampleStatistics.mannWhitney(x, y);

        assertClose(exact.statistic(), c.get("ks").get("d"), 1e-12);
        assertClose(exact.pValue(), c.get("ks").get("p_exact"), 1e-10);
        assertClose(asymptotic.pValue(), c.get("ks").get("p_asymptotic"), 1e-9);
        assertThat(ranks.statistic()).isEqualTo(c.get("mann_whitney").get("u").asDouble());
        assertClose(ranks.pValue(), c.get("mann_whitney").get("p_asymptotic"), 1e-9);
        assertClose(SampleStatistics.wassersteinDistance(x, y), c.get("wasserstein"), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("ksTable")
    void the_exact_distribution_agrees(JsonNode c) {
        int m = c.get("m").asInt();
        int n = c.get("n").asInt();
        long d = c.get("d_times_mn").asLong();
        KsSamples.Pair oneSided = KsSamples.withOneSidedDistance(m, n, d);
        KsSamples.Pair twoSided = KsSamples.withTwoSidedDistance(m, n, d);

        assertClose(p(oneSided, AlternativeHypothesis.GREATER_THAN, false), c.get("p_one_sided"), 1e-10);
        assertClose(p(twoSided, AlternativeHypothesis.TWO_SIDED, false), c.get("p_two_sided"), 1e-10);
        if (c.has("p_two_sided_strict")) {
            assertClose(p(oneSided, AlternativeHypothesis.GREATER_THAN, true), c.get("p_one_sided_strict"), 1e-10);
            assertClose(p(twoSided, AlternativeHypothesis.TWO_SIDED, true), c.get("p_two_sided_strict"), 1e-10);
        }
    }

    private static double p(KsSamples.Pair samples, AlternativeHypothesis alternative, boolean strict) {
        return KolmogorovSmirnovTest.withDefaults()
                .with(PValueMethod.EXACT)
                .with(alternative)
                .with(strict && samples.exact() ? Inequality.STRICT : Inequality.NON_STRICT)
                .test(samples.x(), samples.y())
                .getPValue();
    }

    @ParameterizedTest
    @MethodSource("evidently")
    void the_library_agrees_with_what_others_assert(JsonNode c) {
        long[] reference = DriftCases.longs(c.get("reference_counts"));
        long[] current = DriftCases.longs(c.get("current_counts"));
        double[] expected = Arrays.stream(reference).asDoubleStream().toArray();
        double p = c.get("name").asString().startsWith("mann-whitney")
                ? MannWhitneyUTest.withDefaults()
                        .with(AlternativeHypothesis.LESS_THAN)
                        .with(PValueMethod.ASYMPTOTIC)
                        .test(values(reference), values(current))
                        .getPValue()
                : ChiSquareTest.withDefaults().test(expected, current).getPValue();

        assertThat(p)
                .isCloseTo(
                        c.get("expected").asDouble(), within(c.get("tolerance").asDouble()))
                .isCloseTo(c.get("recomputed").asDouble(), within(1e-9));
    }

    private static double[] values(long[] counts) {
        return Stream.iterate(0, i -> i < counts.length, i -> i + 1)
                .flatMap(i -> Stream.generate(() -> i + 1.0).limit(counts[i]))
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    @Test
    void the_distance_between_shifted_samples_is_the_shift() {
        assertThat(SampleStatistics.wassersteinDistance(new double[] {1, 2, 3}, new double[] {3, 4, 5}))
                .isEqualTo(2.0, within(1e-15));
    }
}
