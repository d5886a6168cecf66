package dev.llmops.cost.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeRatesTest {

    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

    private final ExchangeRates rates = ExchangeRates.builder()
            .add(NOVEMBER, "EUR", "USD", new BigDecimal("1.16"))
            .add(DECEMBER, "EUR", "USD", new BigDecimal("1.2"))
            .build();

    @Test
    void a_rate_holds_until_the_next_one() {
        assertThat(rates.convert(BigDecimal.TEN, "EUR", "USD", DECEMBER.minusNanos(1)))
                .hasValue(new BigDecimal("11.60"));
        assertThat(rates.convert(BigDecimal.TEN, "EUR", "USD", DECEMBER)).hasValue(new BigDecimal("12.0"));
    }

    @Test
    void neither_an_earlier_instant_nor_the_inverse_is_guessed() {
        assertThat(rates.convert(BigDecimal.TEN, "EUR", "USD", NOVEMBER.minusNanos(1)))
                .isEmpty();
        assertThat(rates.convert(BigDecimal.TEN, "USD", "EUR", DECEMBER)).isEmpty();
        assertThat(rates.convert(BigDecimal.TEN, "CNY", "USD", DECEMBER)).isEmpty();
    }

    @Test
    void an_amount_in_the_currency_wanted_needs_no_rate() {
        assertThat(rates.convert(BigDecimal.TEN, "CNY", "CNY", Instant.EPOCH)).hasValue(BigDecimal.TEN);
    }

    @Test
    void a_rate_that_is_none_and_two_of_one_instant_are_refused() {
        ExchangeRates.Builder builder = ExchangeRates.builder().add(NOVEMBER, "EUR", "USD", BigDecimal.ONE);

        assertThatThrownBy(() -> builder.add(NOVEMBER, "EUR", "USD", BigDecimal.TEN))
                .hasMessageStartingWith("rate of EUR/USD since 2026-11-01T00:00:00Z is 1 and 10 — one rate an instant");
        assertThatThrownBy(() -> builder.add(NOVEMBER, "EUR", "USD", BigDecimal.ZERO))
                .hasMessage("rate is 0 — above 0");
    }

    @Test
    void a_rate_of_a_currency_in_itself_is_refused_since_it_would_never_count() {
        assertThatThrownBy(() -> ExchangeRates.builder().add(NOVEMBER, "EUR", "EUR", BigDecimal.TEN))
                .hasMessage("from and to are EUR — two different currencies — leave the rate out");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-26T23:59:59.999999999Z,",
        "2026-02-27T00:00:00Z, 9.0",
        "2026-02-28T12:00:00Z, 9.0",
        "2026-03-01T23:59:59.999999999Z, 9.0",
        "2026-03-02T00:00:00Z, 8.0",
        "2036-03-02T00:00:00Z, 8.0"
    })
    void the_rate_of_a_friday_holds_over_the_weekend(Instant at, @Nullable BigDecimal converted) {
        ExchangeRates workdays = ExchangeRates.builder()
                .add(Instant.parse("2026-02-27T00:00:00Z"), "USD", "EUR", new BigDecimal("0.9"))
                .add(Instant.parse("2026-03-02T00:00:00Z"), "USD", "EUR", new BigDecimal("0.8"))
                .build();

        assertThat(workdays.convert(BigDecimal.TEN, "USD", "EUR", at)).isEqualTo(Optional.ofNullable(converted));
    }
}
