package dev.llmops.slo.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.slo.Counts;
import dev.llmops.slo.engine.Cases;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceTest {

    @TestFactory
    Stream<DynamicTest> oneSidedBoundsAreClopperAndPearsons() {
        return Cases.rows("burn-rate-anchors.json", "oneSidedClopperPearson").stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    Counts counts =
                            new Counts(row.get("bad").asDouble(), row.get("n").asDouble());
                    assertThat(Confidence.lowerBound(counts.bad(), counts.total(), 0.95, true))
                            .isCloseTo(
                                    row.get("lower95").asDouble(),
                                    relative(row.get("lower95").asDouble(), 1e-10));
                    assertThat(Confidence.upperBound(counts.bad(), counts.total(), 0.95, true))
                            .isCloseTo(
                                    row.get("upper95").asDouble(),
                                    relative(row.get("upper95").asDouble(), 1e-10));
                }));
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0.95", "0.1, 0.9", "0.01, 0.99", "0.001, 0.999", "0.2, 0.8"})
    void chanceThatEqualsTheDoubtExactlyIsNotEnoughToBeAboveAndEnoughToBeWithin(double doubt, double confidence) {
        assertThat(Confidence.isAbove(1, 1, doubt, confidence, true)).isFalse();
        assertThat(Confidence.isWithin(0, 1, confidence, confidence, true)).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> intervalsAgreeWithR() {
        return Cases.rows("p-values.json", "binomialInterval").stream()
                .filter(row -> row.get("method").asString().equals("CLOPPER_PEARSON"))
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    Counts counts =
                            new Counts(row.get("k").asDouble(), row.get("n").asDouble());
                    double confidence = 1 - row.get("alpha").asDouble() / 2;
                    assertThat(Confidence.lowerBound(counts.bad(), counts.total(), confidence, true))
                            .isCloseTo(
                                    row.get("lower").asDouble(),
                                    relative(row.get("lower").asDouble(), 1e-12));
                    assertThat(Confidence.upperBound(counts.bad(), counts.total(), confidence, true))
                            .isCloseTo(
                                    row.get("upper").asDouble(),
                                    relative(row.get("upper").asDouble(), 1e-12));
                }));
    }

    @TestFactory
    Stream<DynamicTest> tailsAgreeWithR() {
        return Cases.rows("p-values.json", "binomial").stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    double n = row.get("n").asDouble();
                    double k = row.get("k").asDouble();
                    double p = row.get("p").asDouble();
                    assertThat(Confidence.upperTail(k, n, p))
                            .isCloseTo(
                                    row.get("greater").asDouble(),
                                    relative(row.get("greater").asDouble(), 1e-12));
                    assertThat(Confidence.lowerTail(k, n, p))
                            .isCloseTo(
                                    row.get("less").asDouble(),
                                    relative(row.get("less").asDouble(), 1e-12));
                }));
    }

    private static Offset<Double> relative(double expected, double tolerance) {
        return within(Math.max(Math.abs(expected) * tolerance, 1e-300));
    }

    @ParameterizedTest
    @CsvSource({"0.95, 59", "0.99, 299", "0.995, 598", "0.999, 2995"})
    void targetWithoutBadEvents_isProvenFromTheStatedNumberOfEventsOn(double target, int enough) {
        double budget = java.math.BigDecimal.ONE
                .subtract(java.math.BigDecimal.valueOf(target))
                .doubleValue();
        assertThat(Confidence.isWithin(0, enough, budget, 0.95, true)).isTrue();
        assertThat(Confidence.isWithin(0, enough - 1, budget, 0.95, true)).isFalse();
    }

    @Property
    void shortcutsNeverChangeTheDecision(
            @ForAll @IntRange(min = 1, max = 5000) int n,
            @ForAll @DoubleRange(min = 0, max = 1) @Scale(6) double share,
            @ForAll @DoubleRange(min = 0.0001, max = 0.9) @Scale(6) double p) {
        double k = Math.rint(share * n);
        Counts counts = new Counts(k, n);
        boolean above = k > n * p && Confidence.upperTail(k, n, p) < 1 - 0.95;
        boolean below = k < n * p && Confidence.lowerTail(k, n, p) <= 1 - 0.95;
        assertThat(Confidence.isAbove(counts.bad(), counts.total(), p, 0.95, true))
                .isEqualTo(above);
        assertThat(Confidence.isWithin(counts.bad(), counts.total(), p, 0.95, true))
                .isEqualTo(below);
    }

    @Property
    void boundsOfMeansAreWiderThanThoseOfCounts(
            @ForAll @IntRange(min = 1, max = 2000) int n, @ForAll @DoubleRange(min = 0, max = 1) double share) {
        Counts counts = new Counts(Math.rint(share * n), n);
        assertThat(Confidence.lowerBound(counts.bad(), counts.total(), 0.95, false))
                .isLessThanOrEqualTo(Confidence.lowerBound(counts.bad(), counts.total(), 0.95, true) + 1e-12);
        assertThat(Confidence.upperBound(counts.bad(), counts.total(), 0.95, false))
                .isGreaterThanOrEqualTo(Confidence.upperBound(counts.bad(), counts.total(), 0.95, true) - 1e-12);
    }

    @Test
    void noBudgetAtAll_isExceededByAnyBadEvent() {
        assertThat(Confidence.isAbove(1, 1_000_000, 0, 0.95, true)).isTrue();
    }
}
