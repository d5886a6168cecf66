package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetWindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void a_day_goes_from_midnight_to_midnight_of_its_zone() {
        assertSpan(BudgetWindow.daily(BERLIN), "2026-07-01T12:00:00Z", "2026-06-30T22:00:00Z", "2026-07-01T22:00:00Z");
    }

    @Test
    void the_end_of_a_window_belongs_to_the_next_one() {
        BudgetWindow day = BudgetWindow.daily(ZoneOffset.UTC);
        assertSpan(day, "2026-07-01T23:59:59.999Z", "2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z");
        assertSpan(day, "2026-07-02T00:00:00Z", "2026-07-02T00:00:00Z", "2026-07-03T00:00:00Z");
    }

    @Test
    void a_day_has_23_hours_when_the_clocks_go_forward() {
        BudgetWindow.Span span = BudgetWindow.daily(BERLIN).at(Instant.parse("2026-03-29T10:00:00Z"));
        assertThat(Duration.between(span.start(), span.end())).isEqualTo(Duration.ofHours(23));
    }

    @Test
    void a_day_has_25_hours_when_the_clocks_go_back() {
        BudgetWindow.Span span = BudgetWindow.daily(BERLIN).at(Instant.parse("2026-10-25T10:00:00Z"));
        assertThat(Duration.between(span.start(), span.end())).isEqualTo(Duration.ofHours(25));
    }

    @ParameterizedTest
    @CsvSource({
        // The clock goes back from 02:00 to 01:30.
        "2026-04-04T14:45:00Z, 2026-04-04T14:00:00Z, 2026-04-04T15:00:00Z",
        "2026-04-04T15:15:00Z, 2026-04-04T15:00:00Z, 2026-04-04T15:30:00Z",
        "2026-04-04T15:45:00Z, 2026-04-04T15:30:00Z, 2026-04-04T16:30:00Z",
        // It goes forward from 02:00 to 02:30.
        "2026-10-03T15:15:00Z, 2026-10-03T14:30:00Z, 2026-10-03T15:30:00Z",
        "2026-10-03T15:45:00Z, 2026-10-03T15:30:00Z, 2026-10-03T16:00:00Z",
        "2026-10-03T16:10:00Z, 2026-10-03T16:00:00Z, 2026-10-03T17:00:00Z",
    })
    void hours_follow_one_another_where_the_clock_changes_by_half_an_hour(String now, String start, String end) {
        assertSpan(BudgetWindow.hourly(ZoneId.of("Australia/Lord_Howe")), now, start, end);
    }

    @Property
    void every_instant_is_within_its_window_and_the_next_one_begins_at_its_end(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        for (ZoneId zone : List.of(ZoneId.of("Australia/Lord_Howe"), ZoneId.of("America/Santiago"), BERLIN)) {
            Instant now = Instant.ofEpochSecond(second);
            for (BudgetWindow window : List.of(BudgetWindow.hourly(zone), BudgetWindow.daily(zone))) {
                BudgetWindow.Span span = window.at(now);
                assertThat(now).isBetween(span.start(), span.end().minusNanos(1));
                assertThat(window.at(span.end()).start()).isEqualTo(span.end());
                assertThat(window.at(span.end().minusNanos(1)).start()).isEqualTo(span.start());
            }
        }
    }

    @Test
    void a_week_starts_on_monday() {
        assertSpan(
                BudgetWindow.weekly(ZoneOffset.UTC),
                "2026-11-22T23:00:00Z",
                "2026-11-16T00:00:00Z",
                "2026-11-23T00:00:00Z");
    }

    @Test
    void a_month_has_its_own_length() {
        assertSpan(
                BudgetWindow.monthly(ZoneOffset.UTC),
                "2028-02-29T23:00:00Z",
                "2028-02-01T00:00:00Z",
                "2028-03-01T00:00:00Z");
    }

    @Test
    void a_year_starts_at_new_year_of_its_zone() {
        assertSpan(
                BudgetWindow.yearly(ZoneId.of("Asia/Shanghai")),
                "2026-12-31T16:00:00Z",
                "2026-12-31T16:00:00Z",
                "2027-12-31T16:00:00Z");
    }

    @Test
    void an_hour_follows_the_zones_offset() {
        assertSpan(
                BudgetWindow.hourly(ZoneId.of("Asia/Kolkata")),
                "2026-07-01T12:00:00Z",
                "2026-07-01T11:30:00Z",
                "2026-07-01T12:30:00Z");
    }

    @Test
    void a_rolling_window_counts_its_length_and_at_most_one_cell_more() {
        BudgetWindow.Span span = BudgetWindow.rolling(Duration.ofHours(1)).at(Instant.parse("2026-07-01T12:34:56Z"));
        assertThat(span.start()).isEqualTo("2026-07-01T11:34:00Z");
        assertThat(span.cell()).isEqualTo("2026-07-01T12:34:00Z");
        assertThat(span.end()).isEqualTo("2026-07-01T12:35:00Z");
    }

    @Test
    void a_rolling_window_under_a_second_is_refused() {
        assertThatThrownBy(() -> BudgetWindow.rolling(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("window length is PT0.999S — at least PT1S");
    }

    @Property
    void every_instant_lies_in_exactly_one_day(@ForAll @LongRange(min = 0, max = 4_102_444_800L) long second) {
        Instant now = Instant.ofEpochSecond(second);
        BudgetWindow day = BudgetWindow.daily(BERLIN);
        BudgetWindow.Span span = day.at(now);

        assertThat(now).isBetween(span.start(), span.end().minusNanos(1));
        assertThat(day.at(span.end()).start()).isEqualTo(span.end());
        assertThat(day.at(span.start().minusNanos(1)).end()).isEqualTo(span.start());
    }

    private static void assertSpan(BudgetWindow window, String now, String start, String end) {
        BudgetWindow.Span span = window.at(Instant.parse(now));
        assertThat(span.start()).isEqualTo(start);
        assertThat(span.end()).isEqualTo(end);
    }
}
