package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.cost.imports.LiteLlmFormat;
import dev.llmops.cost.testing.CostCases;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class WeeklyWindowsTest {

    static Stream<JsonNode> cases() {
        return CostCases.cases("time-windows");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_instant_is_inside_or_not(JsonNode each) {
        WeeklyWindows windows = LiteLlmFormat.offPeakWindows(each.path("rule"));
        Instant instant = OffsetDateTime.parse(each.path("instant").asString()).toInstant();

        assertThat(windows != null && windows.contains(instant))
                .isEqualTo(each.path("inWindow").asBoolean());
    }

    @Test
    void a_window_is_half_open_and_wraps_midnight() {
        WeeklyWindows night = WeeklyWindows.utc(List.of(WeeklyWindows.Window.parse("16:30-00:30", Set.of())));

        assertThat(night.contains(Instant.parse("2026-01-01T16:29:59.999Z"))).isFalse();
        assertThat(night.contains(Instant.parse("2026-01-01T16:30:00Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-01-02T00:29:59Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-01-02T00:30:00Z"))).isFalse();
    }

    @Test
    void weekdays_follow_the_vendors_calendar() {
        Instant fridayInUtcSaturdayInShanghai = Instant.parse("2026-08-28T16:30:00Z");
        List<WeeklyWindows.Window> saturdays =
                List.of(WeeklyWindows.Window.parse("16:00-17:00", Set.of(DayOfWeek.SATURDAY)));

        assertThat(WeeklyWindows.utc(saturdays).contains(fridayInUtcSaturdayInShanghai))
                .isFalse();
        assertThat(new WeeklyWindows(saturdays, ZoneOffset.UTC, ZoneId.of("Asia/Shanghai"))
                        .contains(fridayInUtcSaturdayInShanghai))
                .isTrue();
    }

    @Test
    void text_that_is_no_range_is_refused() {
        assertThatThrownBy(() -> WeeklyWindows.Window.parse("all day", Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hours is all day — hours such as 16:30-00:30");
    }
}
