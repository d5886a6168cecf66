package dev.llmops.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloWindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T12:00:00Z, 2025-12-31T23:00:00Z",
        "2026-07-15T12:00:00Z, 2026-06-30T22:00:00Z",
        "2026-03-31T21:59:59Z, 2026-02-28T23:00:00Z",
        "2026-03-31T22:00:00Z, 2026-02-28T23:00:00Z",
        "2026-03-31T22:00:01Z, 2026-03-31T22:00:00Z"
    })
    void calendarMonth_startsAtLocalMidnight_andTheBoundaryBelongsToTheMonthThatEnds(Instant at, Instant start) {
        assertThat(SloWindow.calendarMonth(BERLIN).startAt(at)).isEqualTo(start);
    }

    @Test
    void otherSpans_startWhereTheCalendarSays() {
        Instant at = Instant.parse("2026-05-14T10:00:00Z");
        assertThat(SloWindow.calendarDay(BERLIN).startAt(at)).isEqualTo("2026-05-13T22:00:00Z");
        assertThat(SloWindow.calendarWeek(BERLIN).startAt(at)).isEqualTo("2026-05-10T22:00:00Z");
        assertThat(SloWindow.calendarQuarter(BERLIN).startAt(at)).isEqualTo("2026-03-31T22:00:00Z");
    }

    @Test
    void anchor_movesTheStart_andTimesBeforeItCountBackwards() {
        SloWindow fortnight =
                new SloWindow.Calendar(2, ChronoUnit.WEEKS, LocalDateTime.of(2026, 1, 5, 9, 30), ZoneId.of("UTC"));
        assertThat(fortnight.startAt(Instant.parse("2026-01-20T00:00:00Z"))).isEqualTo("2026-01-19T09:30:00Z");
        assertThat(fortnight.startAt(Instant.parse("2026-01-01T00:00:00Z"))).isEqualTo("2025-12-22T09:30:00Z");
    }

    @Property
    void instantLiesInItsWindow_whichIsNeverLongerThanStated(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        Instant at = Instant.ofEpochSecond(second);
        for (SloWindow window : new SloWindow[] {
            SloWindow.calendarDay(BERLIN),
            SloWindow.calendarWeek(BERLIN),
            SloWindow.calendarMonth(BERLIN),
            SloWindow.calendarQuarter(BERLIN)
        }) {
            Instant start = window.startAt(at);
            assertThat(start).isBefore(at);
            assertThat(Duration.between(start, at)).isLessThanOrEqualTo(window.longestLength());
            assertThat(window.startAt(start.plusSeconds(1))).isEqualTo(start);
        }
    }

    @Test
    void rollingWindow_isWholeMinutesAndAnHourAtLeast() {
        assertThatThrownBy(() -> SloWindow.rolling(Duration.ofMinutes(59)))
                .hasMessage("window is PT59M — at least 1h in whole minutes — pass 30d");
        assertThatThrownBy(() -> SloWindow.rolling(Duration.ofSeconds(3_601)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_window_of_more_than_ten_years_is_refused_before_it_fills_the_memory() {
        assertThat(SloWindow.rolling(Duration.ofDays(3_660)).longestLength()).isEqualTo(Duration.ofDays(3_660));
        assertThatThrownBy(() -> SloWindow.rolling(Duration.ofDays(1_000_000)))
                .hasMessage("window is PT24000000H — at most 3660d — pass 30d");
        assertThatThrownBy(() -> AlertTier.of("page", Duration.ofDays(1_000_000), Duration.ofMinutes(5), 14.4))
                .hasMessage("longWindow is PT24000000H — at most 3660d — pass 30d");
    }

    @ParameterizedTest
    @CsvSource({"5m, PT5M", "1h30m, PT1H30M", "30d, PT720H", "500ms, PT0.5S", "1w2d, PT216H"})
    void durations_areReadAsPrometheusReadsThem(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
        assertThat(Durations.parse(Durations.format(expected))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "5", "m", "1m1h", "-5m", "1.5.5h", "0s", "99999999999999999999w"})
    void otherTexts_areNoDurations(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
