package dev.llmops.release.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.compare.Criteria.Aggregate;
import dev.llmops.release.compare.Criteria.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** See docs/decisions/release.md#keptns-criteria-are-read-and-a-missing-baseline-is-unknown. */
class CriteriaTest {

    private static Stream<DynamicTest> each(String list, java.util.function.Consumer<JsonNode> check)
            throws IOException {
        return SloCases.rows("keptn-criteria.json", list).stream()
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check.accept(c)));
    }

    @TestFactory
    Stream<DynamicTest> criteria_are_read() throws IOException {
        return each("parse", c -> {
            Criterion criterion = Criterion.parse(c.get("criteria").asString());
            assertThat(criterion.operator()).isEqualTo(c.get("operator").asString());
            assertThat(criterion.value()).isEqualByComparingTo(c.get("value").asDecimal());
            assertThat(criterion.isPercentage()).isEqualTo(c.get("percentage").asBoolean());
            assertThat(criterion.isRelative())
                    .isEqualTo(c.get("relativeToBaseline").asBoolean());
            assertThat(criterion.isIncrease()).isEqualTo(c.get("increase").asBoolean());
        });
    }

    @TestFactory
    Stream<DynamicTest> values_are_compared() throws IOException {
        return each("compare", c -> {
            String text = c.get("operator").asString() + c.get("expected").asDouble();
            if (!c.get("error").isNull()) {
                assertThatIllegalArgumentException().isThrownBy(() -> Criteria.anyOf(List.of(List.of(text))));
            } else {
                assertThat(outcome(List.of(List.of(text)), c.get("measured").asDouble(), Double.NaN))
                        .isEqualTo(met(c));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> criteria_are_checked() throws IOException {
        return each(
                "single",
                c -> assertThat(outcome(
                                List.of(List.of(c.get("criteria").asString())),
                                c.get("measured").asDouble(),
                                baseline(c)))
                        .isEqualTo(met(c)));
    }

    @TestFactory
    Stream<DynamicTest> sets_are_checked() throws IOException {
        return each("sets", c -> {
            List<List<String>> sets =
                    c.get("anyOf").values().stream().map(SloCases::texts).toList();
            Criteria.Result result =
                    Criteria.anyOf(sets).check(c.get("measured").asDouble(), baseline(c));

            assertThat(result.outcome()).isEqualTo(met(c));
            assertThat(result.targets())
                    .containsExactlyElementsOf(c.get("targets").values().stream()
                            .map(target -> new Criteria.Target(
                                    target.get("criteria").asString(),
                                    target.get("targetValue").asDouble(),
                                    target.get("violated").asBoolean() ? Outcome.VIOLATED : Outcome.MET))
                            .toList());
        });
    }

    private static Outcome met(JsonNode c) {
        return c.get("result").asBoolean() ? Outcome.MET : Outcome.VIOLATED;
    }

    private static double baseline(JsonNode c) {
        double[] values = SloCases.doubles(c.get("baseline"));
        return c.get("aggregate").isNull()
                ? Double.NaN
                : Aggregate.valueOf(c.get("aggregate").asString().toUpperCase(Locale.ROOT))
                        .of(values);
    }

    private static Outcome outcome(List<List<String>> sets, double measured, double baseline) {
        return Criteria.anyOf(sets).check(measured, baseline).outcome();
    }

    @Test
    void without_a_baseline_a_relative_criterion_is_unknown() {
        assertThat(outcome(List.of(List.of("<=+10%")), 1, Double.NaN)).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(List.of(List.of("<=+10%", "<5")), 9, Double.NaN)).isEqualTo(Outcome.VIOLATED);
        assertThat(outcome(List.of(List.of("<=+10%"), List.of("<5")), 1, Double.NaN))
                .isEqualTo(Outcome.MET);
        assertThat(outcome(List.of(List.of("<=+10%"), List.of("<5")), 9, Double.NaN))
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void a_value_that_is_no_number_never_passes() {
        assertThat(outcome(List.of(List.of("<5")), Double.NaN, 1)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void shares_are_decimal() {
        assertThat(outcome(List.of(List.of("=+10%")), .11, .1)).isEqualTo(Outcome.MET);
        assertThat(outcome(List.of(List.of("<=+20%")), .36, .3)).isEqualTo(Outcome.MET);
        assertThat(Criterion.parse("<-10%").target(2)).isEqualByComparingTo(new BigDecimal("1.8"));
    }

    @ParameterizedTest
    @CsvSource({"AVG, 4", "P50, 3", "P90, 10", "P95, 10"})
    void samples_become_one_value(Aggregate aggregate, double expected) {
        assertThat(aggregate.of(10, 1, 3, 2, 4)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void quantiles_lie_between_neighbours() {
        assertThat(Aggregate.P50.of(10, 5)).isEqualTo(7.5);
        assertThat(Aggregate.P90.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).isCloseTo(9.9, within(1e-12));
        assertThat(Aggregate.P90.of()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "?10", "<", "<=x", "=<3", "<10%%", "<10ms"})
    void what_is_no_criterion_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Criteria.anyOf(List.of(List.of(text))))
                .withMessageStartingWith("a criterion cannot be read (" + text + ") — ");
    }

    @Test
    void an_empty_set_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Criteria.anyOf(List.of()))
                .withMessageStartingWith("a set of criteria is empty ([]) — ");
    }
}
