package dev.llmops.release.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.compare.SampleComparison.Classification;
import dev.llmops.release.compare.SampleComparison.Direction;
import dev.llmops.release.compare.SampleComparison.Effect;
import dev.llmops.release.compare.SampleComparison.Missing;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** See docs/decisions/release.md#two-samples-are-compared-as-kayenta-does-and-say-when-they-are-too-few. */
class SampleComparisonTest {

    private static final double[] LOW = {1, 2, 3, 4, 5};
    private static final double[] HIGH = {10, 20, 30, 40, 50};

    @TestFactory
    Stream<DynamicTest> classifications_agree() throws IOException {
        return SloCases.rows("kayenta-classifier.json", "cases").stream()
                .map(c -> DynamicTest.dynamicTest(c.get("name").asString(), () -> {
                    var result = comparison(c)
                            .compare(SloCases.doubles(c.get("experiment")), SloCases.doubles(c.get("control")));
                    JsonNode expect = c.get("expect");
                    String name = expect.get("classification").asString();
                    assertThat(result.classification())
                            .isEqualTo(
                                    name.equals("Nodata")
                                            ? Classification.NO_DATA
                                            : Classification.valueOf(name.toUpperCase(Locale.ROOT)));
                    if (expect.has("critical")) {
                        assertThat(result.isCritical())
                                .isEqualTo(expect.get("critical").asBoolean());
                    }
                    if (expect.has("deviation")) {
                        // Not a number is written as a text.
                        Double deviation =
                                Double.valueOf(expect.get("deviation").asString());
                        assertThat((Double) result.effect()).isEqualTo(deviation);
                    }
                }));
    }

    private static SampleComparison comparison(JsonNode c) {
        Effect effect = c.get("measure").asString().equals("cles") ? Effect.PROBABILITY_OF_HIGHER : Effect.MEAN_RATIO;
        double[] limits = SloCases.doubles(c.get("effectSize"));
        double[] critical = SloCases.doubles(c.get("critical"));
        var builder = SampleComparison.builder()
                .direction(
                        switch (c.get("direction").asString()) {
                            case "Increase" -> Direction.HIGHER;
                            case "Decrease" -> Direction.LOWER;
                            default -> Direction.EITHER;
                        })
                .effect(effect, limits[0], limits[1])
                .missing(c.get("nanStrategy").asString().equals("Replace") ? Missing.ZERO : Missing.REMOVE);
        if (c.get("isCritical").asBoolean()) {
            builder.critical(critical[0], critical[1]);
        }
        // A classifier by means alone has neither; ours is by ranks, so only the tolerance can be left out.
        boolean isByRanks = c.get("tolerance").isNumber();
        builder.toleranceRatio(isByRanks ? c.get("tolerance").asDouble() : 0);
        if (isByRanks) {
            builder.confidence(c.get("confLevel").asDouble());
        }
        return builder.build();
    }

    @TestFactory
    Stream<DynamicTest> shifts_agree_with_r() throws IOException {
        return SloCases.rows("mann-whitney-ci.json", "cases").stream()
                .map(c -> DynamicTest.dynamicTest(c.get("name").asString(), () -> {
                    LocationShift shift = LocationShift.of(
                            SloCases.doubles(c.get("x")),
                            SloCases.doubles(c.get("y")),
                            c.get("confidence").asDouble());
                    double tolerance = c.get("tol").asDouble();
                    double[] ends = SloCases.doubles(c.get("ci"));
                    assertThat(shift.interval().lower()).isCloseTo(ends[0], within(tolerance));
                    assertThat(shift.interval().upper()).isCloseTo(ends[1], within(tolerance));
                    assertThat(shift.estimate()).isCloseTo(c.get("estimate").asDouble(), within(tolerance));
                }));
    }

    @Test
    void ends_of_the_interval_are_differences_themselves() {
        LocationShift shift = LocationShift.of(HIGH, LOW, .95);

        assertThat(shift.interval().lower()).isEqualTo(7);
        assertThat(shift.interval().upper()).isEqualTo(47);
        assertThat(shift.estimate()).isEqualTo(27);
    }

    @Test
    void a_sample_against_itself_with_one_outlier_has_no_shift() {
        double[] outlier = {1, 1, 1, 1, 10};
        double[] constant = {1, 1, 1, 1, 1};

        LocationShift shift = LocationShift.of(outlier, constant, .95);

        assertThat(shift.interval().lower()).isZero();
        assertThat(shift.interval().upper()).isEqualTo(9);
        assertThat(shift.estimate()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 0.3333", "3, 0.1", "4, 0.02857", "5, 0.0079365"})
    void few_points_a_side_cannot_reach_a_small_p(int n, double smallest) {
        assertThat(SampleComparison.smallestPValue(n, n)).isCloseTo(smallest, within(smallest * 1e-3));
    }

    @Test
    void two_points_against_two_are_called_higher_but_inconclusive() {
        var result = SampleComparison.builder().build().compare(new double[] {10, 11}, new double[] {1, 2});

        assertThat(result.classification()).isEqualTo(Classification.HIGH);
        assertThat(result.isConclusive()).isFalse();
        assertThat(result.explain())
                .isEqualTo("HIGH, inconclusive because there are too few values:"
                        + " shift 9.000 [8.000, 10.00], effect 7.000, n 2 and 2");
    }

    @Test
    void five_points_against_five_are_enough_for_the_usual_confidence() {
        var result = SampleComparison.builder().confidence(.95).build().compare(HIGH, LOW);

        assertThat(result.classification()).isEqualTo(Classification.HIGH);
        assertThat(result.isConclusive()).isTrue();
    }

    @Test
    void silence_is_no_data_and_no_pass() {
        var result = SampleComparison.builder().build().compare(new double[] {Double.NaN}, LOW);

        assertThat(result.classification()).isEqualTo(Classification.NO_DATA);
        assertThat(result.isConclusive()).isFalse();
        assertThat(result.candidateCount()).isZero();
    }

    @Test
    void a_side_that_does_not_count_passes() {
        var comparison = SampleComparison.builder()
                .confidence(.95)
                .direction(Direction.LOWER)
                .build();

        assertThat(comparison.compare(HIGH, LOW).classification()).isEqualTo(Classification.PASS);
        assertThat(comparison.compare(LOW, HIGH).classification()).isEqualTo(Classification.LOW);
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleComparison.builder().confidence(1))
                .withMessageStartingWith("confidence is out of range (1.0) — ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleComparison.builder().toleranceRatio(-1))
                .withMessageStartingWith("toleranceRatio is out of range (-1.0) — ");
    }
}
