package dev.llmops.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    private static final String SIXTY = "9".repeat(60);

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.50", "1e3", "2.5E-6", "1e59", "1e-60", "+.5"})
    void a_number_within_bounds_keeps_its_scale(String text) {
        assertThat(Decimals.parse(text)).isEqualTo(new BigDecimal(text));
    }

    @Test
    void sixty_digits_are_allowed_before_the_point_and_after_it() {
        assertThat(Decimals.parse("-" + SIXTY + "." + SIXTY)).isEqualTo("-" + SIXTY + "." + SIXTY);
        assertThatThrownBy(() -> Decimals.parse("1" + SIXTY)).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> Decimals.parse("0." + SIXTY + "1")).isInstanceOf(NumberFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e-999999999",
                "0e999999999",
                "1e2147483647",
                "1e99999999999",
                "1e60",
                "",
                "NaN",
                "0x1",
                "1 000"
            })
    void what_is_beyond_is_refused_before_it_is_calculated_with(String text) {
        assertThatThrownBy(() -> Decimals.parse(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void a_long_text_is_refused_unread() {
        assertThatThrownBy(() -> Decimals.parse("9".repeat(10_000_000)))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("more than 60 digits");
    }

    @Test
    void a_number_beyond_is_named_with_its_property() {
        assertThatThrownBy(() -> Decimals.require("price", 30, new BigDecimal("1e999999999")))
                .hasMessage("price has too many digits (1E+999999999) — at most 30 before and after the point — correct"
                        + " the amount");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
    void what_is_no_share_of_calls_is_refused(double written) {
        assertThatThrownBy(() -> Decimals.sampleRate(written)).isInstanceOf(NumberFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1e12 + 1, Double.NaN, Double.POSITIVE_INFINITY})
    void what_is_no_quantity_of_a_call_is_refused(double written) {
        assertThatThrownBy(() -> Decimals.quantity(written)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void shares_and_quantities_stay_as_they_are() {
        assertThat(Decimals.sampleRate(1)).isEqualTo(1);
        assertThat(Decimals.sampleRate(1e-9)).isEqualTo(1e-9);
        assertThat(Decimals.quantity(0)).isZero();
        assertThat(Decimals.quantity(1e12)).isEqualTo(1e12);
    }

    @Test
    void a_cost_has_room_for_a_price_times_a_count_and_no_more() {
        BigDecimal product = new BigDecimal("1e-120");
        assertThat(new Cost(CostState.EXACT, product, "USD", List.of(), product).amountOrNull())
                .isEqualTo(product);
        assertThatThrownBy(() -> new Cost(CostState.EXACT, new BigDecimal("1e999999999"), "USD", List.of(), null))
                .hasMessageStartingWith("cost amount has too many digits (1E+999999999)");
        assertThatThrownBy(() ->
                        new Cost(CostState.EXACT, BigDecimal.ONE, "USD", List.of(), new BigDecimal("-1e-999999999")))
                .hasMessageStartingWith("reported cost has too many digits (-1E-999999999)");
    }
}
