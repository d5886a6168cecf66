package dev.llmops.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "1.0E-7 | 0.0000001",
                "0.000012345 | 0.00001234",
                "0.5 | 0.5",
                "600 | 600",
                "123.456 | 123.5",
                "1234.5 | 1,234",
                "12345678 | 12,345,678",
                "1.0E12 | 1,000,000,000,000",
                "-99 | -99"
            })
    void numbers_have_four_digits_and_never_an_exponent(double value, String shown) {
        assertThat(Shown.number(value)).isEqualTo(shown);
    }

    @Test
    void percentages_are_written_in_one_way() {
        assertThat(Shown.percent(0.9995)).isEqualTo("99.95 %");
        assertThat(Shown.percent(1e-6)).isEqualTo("0.0001 %");
        assertThat(Shown.percent(-99)).isEqualTo("-9,900 %");
        assertThat(Shown.percent(Double.POSITIVE_INFINITY)).isEqualTo("∞ %");
        assertThat(Shown.percent(OptionalDouble.empty(), "no events")).isEqualTo("no events");
    }

    @Test
    void whole_events_are_whole_and_parts_have_two_decimals() {
        assertThat(Shown.count(1_204)).isEqualTo("1,204");
        assertThat(Shown.count(0.256)).isEqualTo("0.26");
    }
}
