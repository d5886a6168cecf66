package dev.llmops.slo.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BacktestTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Objective objective(Indicator indicator) {
        return Objective.builder("answers")
                .indicator(indicator)
                .target(0.99)
                .window(SloWindow.rolling(Duration.ofDays(7)))
                .alerts(AlertPolicy.of(AlertTier.of("page", Duration.ofHours(1), Duration.ofMinutes(5), 14.4)))
                .build();
    }

    /** 100 events a minute; all bad between two minutes. */
    private static EventHistory outage(int minutes, int from, int to) {
        EventHistory history = new EventHistory(MINUTE);
        for (int minute = 1; minute <= minutes; minute++) {
            boolean bad = minute > from && minute <= to;
            history.add(START.plusSeconds(60L * minute), new Counts(bad ? 100 : 0, 100));
        }
        return history;
    }

    @Test
    void attainment_is_told_by_local_day() {
        Backtest backtest =
                Backtest.of(objective(Indicator.availability()), outage(2880, 1450, 1460), ZoneId.of("Europe/Berlin"));
        assertThat(backtest.days())
                .containsEntry(LocalDate.parse("2026-01-01"), new Counts(0, 138_000))
                .containsEntry(LocalDate.parse("2026-01-02"), new Counts(1000, 144_000))
                .containsEntry(LocalDate.parse("2026-01-03"), new Counts(0, 6_000));
        assertThat(backtest.attainment().orElseThrow()).isCloseTo(1 - 1000 / 288_000.0, within(1e-12));
    }

    @Test
    void a_tier_fires_as_often_and_as_long_as_it_would_have() {
        // 14.4 × 1 % of 6,000 events in the hour are 864, but 900 are held back by the guard: the tenth.
        Backtest backtest = Backtest.of(objective(Indicator.availability()), outage(1440, 600, 620), ZoneOffset.UTC);
        Backtest.TierOutcome page = backtest.tiers().get(0);
        assertThat(page.firings()).isEqualTo(1);
        assertThat(page.firstFirings()).containsExactly(START.plusSeconds(60L * 610));
        assertThat(page.firingTime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(backtest.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.onset()).isEqualTo(START.plusSeconds(60L * 600));
            assertThat(incident.timeToDetect()).isEqualTo(Duration.ofMinutes(10));
            assertThat(incident.timeToResolve()).hasValue(Duration.ofMinutes(15));
        });
    }

    @Test
    void the_budget_has_a_course() {
        Backtest backtest = Backtest.of(objective(Indicator.availability()), outage(200, 100, 101), ZoneOffset.UTC);
        assertThat(backtest.budget().get(START.plusSeconds(6000))).isEqualTo(1);
        assertThat(backtest.budget().get(START.plusSeconds(12_000))).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void a_target_is_supported_within_its_interval() {
        Backtest backtest = Backtest.of(objective(Indicator.availability()), outage(100, 50, 51), ZoneOffset.UTC);
        assertThat(backtest.supportedTarget()).isBetween(new BigDecimal("0.988"), new BigDecimal("0.9899"));
        assertThat(backtest.refutedTarget()).isBetween(new BigDecimal("0.9901"), new BigDecimal("0.992"));
    }

    @Test
    void excluded_time_is_left_out_of_a_history() {
        EventHistory history = outage(100, 50, 51);
        Exclusion minute =
                Exclusion.ofAll(START.plusSeconds(3_000), START.plusSeconds(3_060), "ana", "the index was moved");

        assertThat(history.without(List.of(minute)).steps()).hasSize(99);
        assertThat(Backtest.of(objective(Indicator.availability()), history.without(List.of(minute)), ZoneOffset.UTC)
                        .total())
                .isEqualTo(new Counts(0, 9_900));
    }

    @Test
    void without_events_there_is_nothing_to_try() {
        assertThatThrownBy(() ->
                        Backtest.of(objective(Indicator.availability()), new EventHistory(MINUTE), ZoneOffset.UTC))
                .hasMessage("history is empty — at least one event is needed — check its source");
    }

    @Test
    void a_log_is_judged_at_any_threshold() {
        String line = "{\"timestamp\":\"2026-01-01T00:00:10Z\",\"status\":\"success\",\"latency_ms\":{\"total\":%d}}";
        Stream<String> log = Stream.of(400, 600, 900).map(line::formatted);
        String[] lines = Stream.concat(log, Stream.of("", "no JSON")).toArray(String[]::new);
        JsonLinesHistory.Result half =
                JsonLinesHistory.read(objective(Indicator.latency(Duration.ofMillis(500))), Stream.of(lines), MINUTE);
        JsonLinesHistory.Result whole =
                JsonLinesHistory.read(objective(Indicator.latency(Duration.ofSeconds(1))), Stream.of(lines), MINUTE);
        assertThat(half.history().steps()).containsEntry(START.plusSeconds(60), new Counts(2, 3));
        assertThat(whole.history().steps()).containsEntry(START.plusSeconds(60), new Counts(0, 3));
        assertThat(half.lines()).isEqualTo(4);
        assertThat(half.unreadable()).isEqualTo(1);
    }

    @Test
    void a_log_knows_whose_fault_a_failure_was_and_what_judges_said() {
        Stream<String> lines = Stream.of(
                "{\"timestamp\":\"2026-01-01T00:00:10Z\",\"status\":\"error\",\"error\":{\"kind\":\"overloaded\"}}",
                "{\"timestamp\":\"2026-01-01T00:00:11Z\",\"status\":\"error\",\"error\":{\"kind\":\"invalid_request\"}}",
                "{\"timestamp\":\"2026-01-01T00:00:12Z\",\"evaluation\":\"faithfulness\",\"score\":0.5}",
                "{\"timestamp\":\"2026-01-01T00:00:13Z\",\"schema\":\"llmops.refusal/1\",\"reason\":\"x\"}");
        JsonLinesHistory.Result result = JsonLinesHistory.read(objective(Indicator.availability()), lines, MINUTE);
        assertThat(result.history().steps()).containsEntry(START.plusSeconds(60), new Counts(1, 1));
        assertThat(result.unreadable()).isZero();
    }

    @Test
    void calls_that_are_not_the_products_are_no_events_of_the_past_either() {
        String[] lines = {
            "{\"timestamp\":\"2026-01-01T00:00:10Z\",\"status\":\"success\"}",
            "{\"timestamp\":\"2026-01-01T00:00:11Z\",\"status\":\"error\",\"purpose\":\"judge\"}",
            "{\"timestamp\":\"2026-01-01T00:00:12Z\",\"verdict\":\"down\",\"purpose\":\"judge\"}",
            "{\"timestamp\":\"2026-01-01T00:00:13Z\",\"verdict\":\"up\"}"
        };
        JsonLinesHistory.Result calls =
                JsonLinesHistory.read(objective(Indicator.availability()), Stream.of(lines), MINUTE);
        JsonLinesHistory.Result thumbs =
                JsonLinesHistory.read(objective(Indicator.feedback()), Stream.of(lines), MINUTE);
        assertThat(calls.history().steps()).containsExactly(entry(START.plusSeconds(60), new Counts(0, 1)));
        assertThat(thumbs.history().steps()).containsExactly(entry(START.plusSeconds(60), new Counts(0, 1)));
    }

    @Test
    void a_history_of_nothing_supports_no_target_and_refutes_none() {
        Backtest backtest = Backtest.of(
                objective(Indicator.availability()), new EventHistory(MINUTE).add(START, Counts.NONE), ZoneOffset.UTC);

        assertThat(backtest.attainment()).isEmpty();
        assertThat(backtest.supportedTarget()).isEqualByComparingTo("0");
        assertThat(backtest.refutedTarget()).isEqualByComparingTo("1");
    }

    @Test
    void a_silence_of_ages_is_stepped_over() {
        EventHistory history = outage(30, 0, 30)
                .add(START.plus(Duration.ofDays(3_650_000)), new Counts(0, 100))
                .add(START.plus(Duration.ofDays(3_650_001)), new Counts(0, 100));

        Backtest backtest = Backtest.of(objective(Indicator.availability()), history, ZoneOffset.UTC);

        assertThat(backtest.total()).isEqualTo(new Counts(3_000, 3_200));
        assertThat(backtest.tiers().get(0).firings()).isEqualTo(1);
        assertThat(backtest.tiers().get(0).firingTime()).isEqualTo(Duration.ofMinutes(34));
        assertThat(backtest.incidents())
                .singleElement()
                .satisfies(
                        incident -> assertThat(incident.resolvedAt()).hasValue(START.plus(Duration.ofDays(3_650_000))));
    }
}
