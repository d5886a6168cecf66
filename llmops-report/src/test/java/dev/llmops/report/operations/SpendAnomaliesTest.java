package dev.llmops.report.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.report.operations.OperationsReport.UnusualHour;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpendAnomaliesTest {

    private static final Instant START = Instant.parse("2026-09-07T00:00:00Z");

    /** Days cost ten times as much as nights, within a tenth. */
    private static NavigableMap<Instant, BigDecimal> weeks(int weeks) {
        Random random = new Random(1);
        NavigableMap<Instant, BigDecimal> spent = new TreeMap<>();
        for (int hour = 0; hour < weeks * 7 * 24; hour++) {
            double level = hour % 24 >= 8 && hour % 24 < 20 ? 100 : 10;
            spent.put(at(hour), BigDecimal.valueOf(level * (1 + 0.05 * random.nextDouble())));
        }
        return spent;
    }

    private static Instant at(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private static SpendAnomalies last(NavigableMap<Instant, BigDecimal> spent, int weeks) {
        return SpendAnomalies.of("USD", spent, at((weeks - 1) * 7 * 24), at(weeks * 7 * 24), ZoneOffset.UTC);
    }

    @Test
    void a_usual_week_has_no_unusual_hour() {
        SpendAnomalies anomalies = last(weeks(6), 6);

        assertThat(anomalies.comparedHours()).isEqualTo(7 * 24);
        assertThat(anomalies.hours()).isEmpty();
    }

    @Test
    void an_expensive_night_is_unusual_where_a_day_of_that_cost_is_not() {
        NavigableMap<Instant, BigDecimal> spent = weeks(6);
        Instant night = at(5 * 7 * 24 + 3);
        spent.put(night, BigDecimal.valueOf(100));

        assertThat(last(spent, 6).hours()).singleElement().satisfies(hour -> {
            assertThat(hour.start()).isEqualTo(night);
            assertThat(hour.usual()).isBetween(BigDecimal.TEN, BigDecimal.valueOf(10.5));
        });
    }

    @Test
    void hours_come_by_what_they_cost_beyond_the_usual() {
        NavigableMap<Instant, BigDecimal> spent = weeks(6);
        spent.put(at(5 * 7 * 24 + 3), BigDecimal.valueOf(100));
        spent.put(at(5 * 7 * 24 + 12), BigDecimal.valueOf(400));

        assertThat(last(spent, 6).hours())
                .extracting(UnusualHour::amount)
                .containsExactly(BigDecimal.valueOf(400), BigDecimal.valueOf(100));
    }

    @Test
    void under_three_past_weeks_nothing_is_compared() {
        assertThat(last(weeks(3), 3).comparedHours()).isZero();
        assertThat(last(weeks(4), 4).comparedHours()).isEqualTo(7 * 24);
        assertThat(last(new TreeMap<>(), 4).comparedHours()).isZero();
    }

    @Test
    void the_same_hour_is_that_of_the_local_clock() {
        NavigableMap<Instant, BigDecimal> spent = new TreeMap<>();
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Instant nine = Instant.parse("2026-11-02T08:00:00Z"); // 9 in Berlin; before 25 October 9 was 7 in UTC
        for (int week = 1; week <= 4; week++) {
            spent.put(nine.atZone(zone).minusWeeks(week).toInstant(), BigDecimal.TEN);
        }
        spent.put(nine, BigDecimal.TEN);

        assertThat(SpendAnomalies.of("USD", spent, nine, nine.plusSeconds(3_600), zone)
                        .hours())
                .isEmpty();
    }
}
