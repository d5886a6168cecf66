package dev.llmops.cost.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpendProjectionTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant END = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void the_limit_is_reached_when_the_mean_rate_says() {
        SpendProjection projection = project("10", "4", "4", Duration.ofHours(12));

        assertThat(projection.perHour()).isEqualByComparingTo("0.333333333333333333");
        assertThat(projection.exhaustedAt()).isEmpty();
        assertThat(projection.spentAtEnd()).isEqualByComparingTo("8");
    }

    @Test
    void the_rate_of_the_last_hours_counts_where_it_is_given() {
        SpendProjection projection = project("10", "4", "2", Duration.ofHours(1));

        assertThat(projection.exhaustedAt()).hasValue(NOW.plus(Duration.ofHours(3)));
        assertThat(projection.spentAtEnd()).isEqualByComparingTo("28");
    }

    @Test
    void a_limit_that_is_reached_already_is_reached_now_and_one_without_spend_never() {
        assertThat(project("4", "4", "0", Duration.ofHours(1)).exhaustedAt()).hasValue(NOW);
        assertThat(project("4", "0", "0", Duration.ofHours(1)).exhaustedAt()).isEmpty();
    }

    @Test
    void no_time_has_no_rate() {
        assertThatThrownBy(() -> project("4", "0", "0", Duration.ZERO))
                .hasMessage("basis is PT0S — above zero — wait until some time has passed");
    }

    @Property
    void what_is_projected_to_be_spent_when_the_limit_is_reached_is_the_limit(
            @ForAll @IntRange(min = 1, max = 1_000_000) int limit,
            @ForAll @IntRange(min = 1, max = 1_000_000) int recent,
            @ForAll @IntRange(min = 1, max = 100_000) int seconds) {
        SpendProjection projection = SpendProjection.atRateOf(
                BigDecimal.valueOf(limit),
                BigDecimal.ZERO,
                BigDecimal.valueOf(recent),
                Duration.ofSeconds(seconds),
                NOW,
                NOW.plus(Duration.ofDays(365_000)));

        projection.exhaustedAt().ifPresent(at -> {
            BigDecimal second = projection.perHour().divide(BigDecimal.valueOf(3600), java.math.MathContext.DECIMAL64);
            BigDecimal then =
                    second.multiply(BigDecimal.valueOf(Duration.between(NOW, at).toSeconds()));
            assertThat(then.subtract(BigDecimal.valueOf(limit)))
                    .isBetween(second.multiply(new BigDecimal("-0.01")), second.multiply(new BigDecimal("1.01")));
        });
    }

    private static SpendProjection project(String limit, String spent, String recent, Duration basis) {
        return SpendProjection.atRateOf(
                new BigDecimal(limit), new BigDecimal(spent), new BigDecimal(recent), basis, NOW, END);
    }
}
