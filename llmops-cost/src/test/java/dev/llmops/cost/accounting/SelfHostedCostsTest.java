package dev.llmops.cost.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SelfHostedCostsTest {

    private static final Instant HOUR = Instant.parse("2026-08-20T10:00:00Z");

    @Test
    void an_hour_is_allocated_whole_and_its_busy_part_is_marginal() {
        DeviceHour measured = new DeviceHour(
                HOUR,
                2,
                Duration.ofMinutes(12),
                Duration.ofMinutes(6),
                Duration.ofMinutes(42),
                4_000_000,
                8_000_000,
                1_000_000);

        SelfHostedHour hour = SelfHostedCosts.hour(measured, new DevicePrice.OnDemand(new BigDecimal("3.00")));

        assertThat(hour.bill()).isEqualByComparingTo("6");
        assertThat(hour.input()).isEqualByComparingTo("1.2");
        assertThat(hour.cachedInput()).isEqualByComparingTo("0.6");
        assertThat(hour.output()).isEqualByComparingTo("4.2");
        assertThat(hour.overhead()).isEqualByComparingTo("0");
        assertThat(hour.utilizationRatio()).isEqualByComparingTo("0.5");
        assertThat(hour.marginalOutput()).isEqualByComparingTo("2.1");
        assertThat(hour.allocatedPerMillionInput().orElseThrow()).isEqualByComparingTo("0.3");
        assertThat(hour.allocatedPerMillionOutput().orElseThrow()).isEqualByComparingTo("4.2");
        assertThat(hour.marginalPerMillionOutput().orElseThrow()).isEqualByComparingTo("2.1");
    }

    @Test
    void an_hour_without_tokens_is_overhead() {
        SelfHostedHour idle = SelfHostedCosts.hour(idle(HOUR), new DevicePrice.OnDemand(BigDecimal.TEN));

        assertThat(idle.overhead()).isEqualByComparingTo("10");
        assertThat(idle.output()).isEqualByComparingTo("0");
        assertThat(idle.allocatedPerMillionOutput()).isEmpty();
    }

    @Property
    void the_hours_of_a_month_add_up_to_its_bill_and_the_parts_of_an_hour_to_it(
            @ForAll @BigRange(min = "0", max = "100000") @Scale(2) BigDecimal bill,
            @ForAll @IntRange(min = 1, max = 200) int hours,
            @ForAll @LongRange(min = 0, max = 1_000) long seed) {
        List<DeviceHour> measured = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            measured.add(new DeviceHour(
                    HOUR.plus(Duration.ofHours(i)),
                    1 + i % 3,
                    Duration.ofMillis((i * 7919L + seed) % 1_000_000),
                    Duration.ofMillis(seed),
                    Duration.ofMillis(i * 31L),
                    i % 5,
                    i,
                    seed));
        }

        List<SelfHostedHour> rows =
                SelfHostedCosts.hours(bill, measured, new DevicePrice.OnDemand(new BigDecimal("2.99")));

        assertThat(sum(rows.stream().map(SelfHostedHour::bill).toList())).isEqualByComparingTo(bill);
        assertThat(rows)
                .allSatisfy(
                        row -> assertThat(sum(List.of(row.input(), row.cachedInput(), row.output(), row.overhead())))
                                .isEqualByComparingTo(row.bill()));
    }

    @Test
    void a_reservation_is_spread_over_its_hours_exactly() {
        DevicePrice.Reserved reserved =
                new DevicePrice.Reserved(new BigDecimal("10000"), new BigDecimal("0.5"), HOUR, 8_760);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < 8_760; i++) {
            sum = sum.add(reserved.of(HOUR.plus(Duration.ofHours(i))));
        }

        assertThat(sum).isEqualByComparingTo("14380");
        assertThatThrownBy(() -> reserved.of(HOUR.plus(Duration.ofHours(8_760))))
                .hasMessageStartingWith("hour is 2027-08-20T10:00:00Z — an hour within the commitment");
    }

    @Test
    void a_spot_price_is_the_one_of_the_hour() {
        DevicePrice spot = new DevicePrice.Spot(
                Map.of(HOUR, new BigDecimal("1.1"), HOUR.plus(Duration.ofHours(2)), new BigDecimal("0.9")));

        assertThat(spot.of(HOUR.plus(Duration.ofHours(1)))).isEqualByComparingTo("1.1");
        assertThat(spot.of(HOUR.plus(Duration.ofHours(2)))).isEqualByComparingTo("0.9");
        assertThatThrownBy(() -> spot.of(HOUR.minusSeconds(1))).hasMessageStartingWith("no spot price is known");
    }

    @Test
    void devices_cannot_be_busy_for_longer_than_they_are() {
        assertThatThrownBy(() ->
                        new DeviceHour(HOUR, 1, Duration.ofMinutes(40), Duration.ZERO, Duration.ofMinutes(30), 1, 0, 1))
                .hasMessage("device time is PT1H10M — at most 1 hours");
    }

    @Property
    void shares_add_up_to_the_whole(
            @ForAll @BigRange(min = "0", max = "1000000") @Scale(4) BigDecimal total,
            @ForAll @Size(min = 1, max = 50) List<@BigRange(min = "0", max = "1000") @Scale(3) BigDecimal> weights) {
        List<BigDecimal> shares = Shares.split(total, weights, 6);

        assertThat(sum(shares)).isEqualByComparingTo(total);
        assertThat(shares).allSatisfy(share -> assertThat(share.signum()).isNotNegative());
    }

    private static DeviceHour idle(Instant hour) {
        return new DeviceHour(hour, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0, 0);
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
