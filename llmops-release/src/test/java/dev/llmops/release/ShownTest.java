package dev.llmops.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {

    private static String decimal(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    @Property(tries = 5_000)
    void any_number_is_rounded_as_decimals_are(
            @ForAll long digits, @ForAll @IntRange(min = -20, max = 20) int exponent) {
        double value = digits / 1e18 * Math.pow(10, exponent);
        assertThat(Shown.number(value)).isEqualTo(decimal(value));
    }

    @Property(tries = 2_000)
    void so_is_what_lies_in_the_middle_or_beside_it(@ForAll @IntRange(min = 1, max = 20_000) int halves) {
        for (double scale : new double[] {1e-7, 1e-3, .1, 1, 10}) {
            double value = halves / 2.0 * scale;
            for (double near : new double[] {Math.nextDown(value), value, Math.nextUp(value), -value}) {
                assertThat(Shown.number(near)).isEqualTo(decimal(near));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0156, 1.56 %", "1, 100 %", "NaN, unknown"})
    void a_share_is_shown_in_percent_where_there_is_one(double ratio, String text) {
        assertThat(Shown.percent(ratio)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1.9287498479639178e-22, 1.93e-22",
        "4.9e-324, 4.9e-324",
        "0.0009994, 9.99e-4",
        "0.0009996, 1e-3",
        "0.001, 0.001",
        "8.4, 8.4",
        "118.26, 118",
        "117500, 118000",
        "999499, 999000",
        "999500, 1e6",
        "2.5e31, 2.5e31",
        "1.0142320547350045e304, 1.01e304"
    })
    void an_e_value_has_three_digits_whatever_its_power_of_ten(double value, String text) {
        assertThat(Shown.evidence(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.02, 0.02",
        "1.5, 1.5",
        "400, 400",
        "12345, 12300",
        "0.9984, 0.998",
        "0.9996, 1",
        "NaN, unknown"
    })
    void three_digits_are_shown(double value, String text) {
        assertThat(Shown.number(value)).isEqualTo(text);
    }
}
