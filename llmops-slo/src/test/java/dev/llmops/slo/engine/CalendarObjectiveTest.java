package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.status.SloStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarObjectiveTest {

    /** A minute before and a minute after the local month begins, and how they look from inside the month. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns"})
    void monthBeginsExactlyAtLocalMidnight_evenWhenItsFirstDaysAreHourCells(String zone) {
        ZoneId place = ZoneId.of(zone);
        Objective objective = Objective.builder("monthly")
                .indicator(Indicator.reported())
                .target(0.9)
                .window(SloWindow.calendarMonth(place))
                .build();
        Instant midnight = LocalDate.of(2026, 6, 1).atStartOfDay(place).toInstant();
        long first = Minutes.of(midnight);
        long[] clock = {first - 100};
        Series series = new Series(objective, Map.of(), () -> clock[0], where -> {}, Minutes.end(clock[0]), null);
        for (long minute = first - 100; minute <= first + 20_000; minute++) {
            clock[0] = minute;
            series.addAll(minute, minute <= first ? 0 : 1, minute <= first ? 1 : 0);
        }
        SloStatus status = series.status(Minutes.end(clock[0]), Replicas.UNKNOWN, List.of());
        assertThat(status.counts()).isEqualTo(new Counts(0, 20_000));
        assertThat(status.coverage()).isEqualTo(1);
        assertThat(series.status(midnight, Replicas.UNKNOWN, List.of()).counts().bad())
                .isPositive();
    }
}
