package dev.llmops.quality.drift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.quality.Rate;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Values of R, SciPy and statsmodels, from our own statistics where there is one, and from the library that they rest on. */
class PublishedPValuesTest {

    static Stream<JsonNode> mannWhitney() throws IOException {
        return DriftCases.published("mannWhitney");
    }

    static Stream<JsonNode> mannWhitneyCdf() throws IOException {
        return DriftCases.published("mannWhitneyCdf");
    }

    static Stream<JsonNode> fisher() throws IOException {
        return DriftCases.published("fisher");
    }

    static Stream<JsonNode> binomial() throws IOException {
        return DriftCases.published("binomial");
    }

    static Stream<JsonNode> binomialInterval() throws IOException {
        return DriftCases.published("binomialInterval");
    }

    private static void assertClose(double actual, JsonNode expected) {
        double value = expected.asDouble();
        assertThat(actual).isCloseTo(value, within(Math.max(Math.abs(value) * 1e-12, 1e-19)));
    }

    @ParameterizedTest
    @MethodSource("mannWhitney")
    void ranks_agree(JsonNode c) {
        double[] x = DriftCases.doubles(c.get("x"));
        double[] y = DriftCases.doubles(c.get("y"));
        boolean isCorrected = !c.get("continuityCorrection").isBoolean()
                || c.get("continuityCorrection").asBoolean();
        MannWhitneyUTest test = MannWhitneyUTest.withDefaults()
                .withMu(c.get("mu").asDouble())
                .with(PValueMethod.valueOf(c.get("method").asString()))
                .with(isCorrected ? ContinuityCorrection.ENABLED : ContinuityCorrection.DISABLED);

        assertThat(test.statistic(x, y)).isEqualTo(c.get("u").asDouble());
        assertClose(test.with(AlternativeHypothesis.TWO_SIDED).test(x, y).getPValue(), c.get("twoSided"));
        assertClose(test.with(AlternativeHypothesis.GREATER_THAN).test(x, y).getPValue(), c.get("greater"));
        assertClose(test.with(AlternativeHypothesis.LESS_THAN).test(x, y).getPValue(), c.get("less"));
        if (c.get("method").asString().equals("ASYMPTOTIC")
                && isCorrected
                && c.get("mu").asDouble() == 0) {
            assertClose(SampleStatistics.mannWhitney(x, y).pValue(), c.get("twoSided"));
        }
    }

    @ParameterizedTest
    @MethodSource("mannWhitneyCdf")
    void the_exact_distribution_of_ranks_agrees(JsonNode c) {
        int m = c.get("m").asInt();
        int n = c.get("n").asInt();
        double[] y = Stream.iterate(1, i -> i + 1).limit(n).mapToDouble(i -> i).toArray();
        // The first values of x lie over all of y, one in between, and the others under all: U is the sum of places.
        double[] x = new double[m];
        int rest = c.get("u").asInt();
        for (int i = 0; i < m; i++) {
            int places = Math.min(rest, n);
            x[i] = places + .5 + i / (2.0 * m + 1);
            rest -= places;
        }
        var result = MannWhitneyUTest.withDefaults()
                .with(PValueMethod.EXACT)
                .with(AlternativeHypothesis.LESS_THAN)
                .test(x, y);

        assertThat(result.getStatistic()).isEqualTo(c.get("u").asDouble());
        assertClose(result.getPValue(), c.get("cdf"));
    }

    @ParameterizedTest
    @MethodSource("fisher")
    void tables_agree(JsonNode c) {
        int[][] table = {cells(c.get("table").get(0)), cells(c.get("table").get(1))};
        FisherExactTest test = FisherExactTest.withDefaults();

        assertClose(test.statistic(table), c.get("oddsRatio"));
        assertClose(test.test(table).getPValue(), c.get("twoSided"));
        assertClose(test.with(AlternativeHypothesis.GREATER_THAN).test(table).getPValue(), c.get("greater"));
        assertClose(test.with(AlternativeHypothesis.LESS_THAN).test(table).getPValue(), c.get("less"));
    }

    private static int[] cells(JsonNode row) {
        return new int[] {row.get(0).asInt(), row.get(1).asInt()};
    }

    @ParameterizedTest
    @MethodSource("binomial")
    void counts_agree(JsonNode c) {
        int n = c.get("n").asInt();
        int k = c.get("k").asInt();
        double p = c.get("p").asDouble();
        BinomialTest test = BinomialTest.withDefaults();

        assertClose(test.test(n, k, p).getPValue(), c.get("twoSided"));
        assertClose(test.with(AlternativeHypothesis.GREATER_THAN).test(n, k, p).getPValue(), c.get("greater"));
        assertClose(test.with(AlternativeHypothesis.LESS_THAN).test(n, k, p).getPValue(), c.get("less"));
    }

    @ParameterizedTest
    @MethodSource("binomialInterval")
    void intervals_of_shares_agree(JsonNode c) {
        int n = c.get("n").asInt();
        int k = c.get("k").asInt();
        double alpha = c.get("alpha").asDouble();
        String method = c.get("method").asString();
        var interval = BinomialConfidenceInterval.valueOf(method).fromErrorRate(n, k, alpha);

        assertClose(interval.getLowerBound(), c.get("lower"));
        assertClose(interval.getUpperBound(), c.get("upper"));
        if (method.equals("WILSON_SCORE") && alpha == .05) {
            Rate rate = new Rate(k, n);
            assertClose(rate.lower(), c.get("lower"));
            assertClose(rate.upper(), c.get("upper"));
        }
    }

    /** One-sided: so many failures of n against so many of as many. */
    @ParameterizedTest
    @CsvSource({"5, 1, 100, 0.106", "10, 2, 100, 0.0165", "3, 0, 200, 0.124"})
    void few_failures_are_no_proof(int candidate, int baseline, int n, double expected) {
        int[][] table = {{candidate, n - candidate}, {baseline, n - baseline}};

        assertThat(FisherExactTest.withDefaults()
                        .with(AlternativeHypothesis.GREATER_THAN)
                        .test(table)
                        .getPValue())
                .isCloseTo(expected, within(5e-4));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100, 1_000, 100_000})
    void no_failure_in_n_says_at_most_three_in_n(int n) {
        double upper = BinomialConfidenceInterval.CLOPPER_PEARSON
                .fromErrorRate(n, 0, 0.1)
                .getUpperBound();

        assertThat(upper).isCloseTo(1 - Math.pow(.05, 1.0 / n), within(1e-12)).isLessThan(3.0 / n);
    }
}
