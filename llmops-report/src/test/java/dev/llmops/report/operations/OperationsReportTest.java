package dev.llmops.report.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.cost.accounting.SelfHostedHour;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.slo.status.Incident;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsReportTest {

    private static final String CALLS = " FROM call_log WHERE kind = 'llmops.call/1'";

    private static final Map<String, String> TRENDS = Map.of(
            "success",
            "SELECT AVG(CASE WHEN status = 'success' THEN 1.0 ELSE 0 END) FROM call_log WHERE kind = 'llmops.call/1'",
            "satisfaction",
            "SELECT AVG(CASE WHEN verdict = 'up' THEN 1.0 ELSE 0 END) FROM call_log WHERE verdict IS NOT NULL",
            "faithfulness",
            "SELECT AVG(CASE WHEN score >= .5 THEN 1.0 ELSE 0 END) FROM call_log WHERE evaluation = 'faithfulness'");

    @TempDir
    static Path folder;

    private static Month month;
    private static OperationsReport report;

    @BeforeAll
    static void live_through_a_month() throws Exception {
        month = new Month(folder, 28);
        Instant from = month.from;
        Instant to = month.to;
        Connection connection = month.database;
        Stream<String> lines = month.lines.stream();
        List<Incident> incidents =
                List.of(incident(1, 60, 600, true), incident(2, 120, 1_200, false), incident(3, 300, 900, true));
        List<SwitchEvent> events = List.of(
                event("v1", SwitchEvent.Action.START),
                event("v2", SwitchEvent.Action.START),
                event("v2", SwitchEvent.Action.ROLL_BACK),
                mitigation(1, 60 + 90),
                mitigation(3, 300 + 30));

        String rangeAnswer = Devices.load(connection, from);
        List<SelfHostedHour> deviceHours = Devices.hours(connection, from);
        List<DriftReport> driftReports = Devices.drift(from);

        OperationsReport november = OperationsReport.builder(from, to, ZoneOffset.UTC)
                .log(lines)
                .incidents(incidents)
                .releases(events)
                .ledger(connection)
                .saturation(rangeAnswer)
                .devices("USD", deviceHours, new BigDecimal("4.00"))
                .drift(driftReports)
                .build();
        String html = november.toPage().toHtml();

        assertThat(html).startsWith("<!DOCTYPE html>");
        report = november;
    }

    @AfterAll
    static void close() throws SQLException {
        month.close();
    }

    private static Incident incident(int day, long detectSeconds, long restoreSeconds, boolean worthIt) {
        Instant onset = month.from.plus(Duration.ofDays(day));
        Instant fired = onset.plusSeconds(detectSeconds);
        return new Incident(
                "i" + day, "fast", Map.of(), "page", onset, fired, fired.plusSeconds(restoreSeconds), .1, worthIt);
    }

    private static SwitchEvent event(String change, SwitchEvent.Action action) {
        return new SwitchEvent(change, 1, month.from.plusSeconds(60), action, Actor.gate(), "10%", .1, "");
    }

    private static SwitchEvent mitigation(int day, long secondsAfterOnset) {
        Instant at = month.from.plus(Duration.ofDays(day)).plusSeconds(secondsAfterOnset);
        return new SwitchEvent("v1", 1, at, SwitchEvent.Action.DEGRADE, Actor.gate(), "5%", .05, "");
    }

    private static Figure figure(String name) {
        return report.figure(name).orElseThrow(() -> new AssertionError(name + " is missing from " + report.figures()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calls | SELECT COUNT(*)",
                "active users | SELECT COUNT(DISTINCT user_id)",
                "success | SELECT AVG(CASE WHEN status = 'success' THEN 1.0 ELSE 0 END)",
                "cancelled | SELECT AVG(CASE WHEN status = 'cancelled' THEN 1.0 ELSE 0 END)",
                "error | SELECT AVG(CASE WHEN status = 'error' THEN 1.0 ELSE 0 END)",
                "error overloaded | SELECT AVG(CASE WHEN error = 'overloaded' THEN 1.0 ELSE 0 END)",
                "adoption of search | SELECT 1.0 * COUNT(DISTINCT CASE WHEN feature = 'search' THEN user_id END) / COUNT(DISTINCT user_id)",
                "adoption of support | SELECT 1.0 * COUNT(DISTINCT CASE WHEN feature = 'support' THEN user_id END) / COUNT(DISTINCT user_id)",
                "error cancelled | SELECT AVG(CASE WHEN error = 'cancelled' THEN 1.0 ELSE 0 END)",
                "refusals | SELECT AVG(CASE WHEN refusal THEN 1.0 ELSE 0 END)",
                "calls with retries | SELECT AVG(CASE WHEN retries > 0 THEN 1.0 ELSE 0 END)",
                "input read from the provider's cache | SELECT 1.0 * SUM(cached) / SUM(tokens_in)",
            })
    void figures_of_the_log_equal_what_sql_finds(String name, String select) throws SQLException {
        BigDecimal expected = month.sql(select + CALLS);

        assertThat(figure(name).value().doubleValue()).isCloseTo(expected.doubleValue(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "retrieval", "first_token", "generation", "per_output_token"})
    void latencies_equal_what_sql_finds(String phase) throws SQLException {
        for (String percent : List.of("50", "95", "99")) {
            double expected = smallestOf(phase + "_ms", CALLS, percent);

            // The histogram keeps three digits.
            assertThat(figure("latency " + phase + " P" + percent).value().doubleValue())
                    .isCloseTo(expected, within(expected * .001 + .001));
        }
    }

    @ParameterizedTest
    @CsvSource({"llm.gpu.utilization, llm_gpu_utilization", "llm.server.queue.size, llm_server_queue_size"})
    void high_load_equals_what_sql_finds(String gauge, String series) throws SQLException {
        String samples = " FROM device_sample WHERE gauge = '" + series + "'";

        assertThat(figure(gauge + ", P95").value().doubleValue())
                .isCloseTo(smallestOf("sample", samples, "95"), within(1e-9));
    }

    /** The smallest value that at least so many of all do not exceed. H2's PERCENTILE_DISC takes the nearest one instead. */
    private static double smallestOf(String column, String from, String percent) throws SQLException {
        return month.sql("SELECT MIN(v) FROM (SELECT " + column + " AS v, CUME_DIST() OVER (ORDER BY " + column
                        + ") AS c" + from + " AND " + column + " IS NOT NULL) WHERE c >= " + percent + " / 100.0")
                .doubleValue();
    }

    @Test
    void daily_users_equal_what_sql_finds() throws SQLException {
        BigDecimal expected = month.sql("SELECT AVG(1.0 * n) FROM (SELECT COUNT(DISTINCT user_id) AS n" + CALLS
                + " GROUP BY CAST(DATEADD('MILLISECOND', -CAST(total_ms AS BIGINT), at) AT TIME ZONE 'UTC' AS DATE))");

        assertThat(figure("daily active users, mean").value().doubleValue())
                .isCloseTo(expected.doubleValue(), within(1e-9));
        assertThat(figure("daily ÷ period's active users").value().doubleValue())
                .isCloseTo(expected.doubleValue() / figure("active users").n(), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "satisfaction (thumbs up) | SELECT AVG(CASE WHEN verdict = 'up' THEN 1.0 ELSE 0 END) FROM call_log WHERE verdict IS NOT NULL",
                "complaints (thumbs down per call) | SELECT 1.0 * COUNT(CASE WHEN verdict = 'down' THEN 1 END) / COUNT(status) FROM call_log",
            })
    void feedback_equals_what_sql_finds(String name, String query) throws SQLException {
        assertThat(figure(name).value().doubleValue())
                .isCloseTo(month.sql(query).doubleValue(), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "total | 1 = 1",
                "by tenant: t0 | tenant = 't0'",
                "by tenant: t1 | tenant = 't1'",
                "by feature: search | feature = 'search'",
                "by feature: support | feature = 'support'",
                "by model: openai/gpt-4o | model = 'gpt-4o'",
                "by model: openai/gpt-4o-mini | model = 'gpt-4o-mini'",
                "by team: care | attributes LIKE '%\"team\":\"care\"%'",
                "by team: sales | attributes LIKE '%\"team\":\"sales\"%'",
                "spent on calls that ended failed | outcome = 'FAILED'",
                "spent on calls that ended cancelled | outcome = 'CANCELLED'",
            })
    void costs_equal_what_sql_finds_to_the_last_digit(String name, String condition) throws SQLException {
        String from = " FROM llm_ledger WHERE " + condition;

        assertThat(figure(name).value()).isEqualByComparingTo(month.sql("SELECT SUM(amount)" + from));
        assertThat(figure(name).n())
                .isEqualTo(month.sql("SELECT COUNT(*)" + from).longValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "per million calls | SELECT SUM(amount) * 1000000 / COUNT(*) FROM llm_ledger",
                "per active user | SELECT SUM(amount) / COUNT(DISTINCT user_id) FROM llm_ledger",
                "per successful call | SELECT SUM(amount) / COUNT(CASE WHEN outcome = 'COMPLETED' THEN 1 END) FROM llm_ledger",
                "per QPS (mean calls a second) | SELECT SUM(amount) * 28 * 86400 / COUNT(*) FROM llm_ledger",
                "cost of a conversation, median | SELECT MIN(s) FROM (SELECT s, CUME_DIST() OVER (ORDER BY s) AS c FROM (SELECT SUM(amount) AS s FROM call_log WHERE conversation IS NOT NULL GROUP BY conversation)) WHERE c >= .5",
                "cost of a conversation, P90 | SELECT MIN(s) FROM (SELECT s, CUME_DIST() OVER (ORDER BY s) AS c FROM (SELECT SUM(amount) AS s FROM call_log WHERE conversation IS NOT NULL GROUP BY conversation)) WHERE c >= .9",
                "cost of an agent run, median | SELECT MIN(s) FROM (SELECT s, CUME_DIST() OVER (ORDER BY s) AS c FROM (SELECT SUM(amount) AS s FROM call_log WHERE conversation IS NOT NULL GROUP BY trace HAVING COUNT(*) > 1)) WHERE c >= .5",
                "cost of an agent run, P90 | SELECT MIN(s) FROM (SELECT s, CUME_DIST() OVER (ORDER BY s) AS c FROM (SELECT SUM(amount) AS s FROM call_log WHERE conversation IS NOT NULL GROUP BY trace HAVING COUNT(*) > 1)) WHERE c >= .9",
                "per conversion | SELECT SUM(amount) / (SELECT COUNT(*) FROM call_log WHERE evaluation = 'conversion' AND score >= .5) FROM llm_ledger",
                "per task_success | SELECT SUM(amount) / (SELECT COUNT(*) FROM call_log WHERE evaluation = 'task_success' AND score >= .5) FROM llm_ledger",
                "spent on calls with retries | SELECT SUM(amount) FROM call_log WHERE retries > 0",
                "conversion | SELECT AVG(score) FROM call_log WHERE evaluation = 'conversion'",
                "task_success | SELECT AVG(score) FROM call_log WHERE evaluation = 'task_success'",
                "faithfulness of at least 0.5 | SELECT AVG(CASE WHEN score >= .5 THEN 1.0 ELSE 0 END) FROM call_log WHERE evaluation = 'faithfulness'",
                "llm.gpu.utilization, mean | SELECT AVG(sample) FROM device_sample WHERE gauge = 'llm_gpu_utilization'",
                "llm.gpu.utilization, peak | SELECT MAX(sample) FROM device_sample WHERE gauge = 'llm_gpu_utilization'",
                "device idle share | SELECT AVG(CASE WHEN sample < .05 THEN 1.0 ELSE 0 END) FROM device_sample WHERE gauge = 'llm_gpu_utilization'",
                "device idle share of 0 | SELECT AVG(CASE WHEN sample < .05 THEN 1.0 ELSE 0 END) FROM device_sample WHERE gauge = 'llm_gpu_utilization' AND device = '0'",
                "device idle share of 1 | SELECT AVG(CASE WHEN sample < .05 THEN 1.0 ELSE 0 END) FROM device_sample WHERE gauge = 'llm_gpu_utilization' AND device = '1'",
                "devices | SELECT SUM(bill) FROM device_hour",
                "llm.server.queue.size, mean | SELECT AVG(sample) FROM device_sample WHERE gauge = 'llm_server_queue_size'",
                "llm.server.queue.size, peak | SELECT MAX(sample) FROM device_sample WHERE gauge = 'llm_server_queue_size'",
                "paid for idle devices | SELECT SUM(bill * (1 - busy_s / (3600.0 * devices))) FROM device_hour",
                "device time busy | SELECT SUM(busy_s) / SUM(3600.0 * devices) FROM device_hour",
                "devices, per million output tokens | SELECT SUM(bill) * 1000000 / SUM(tokens_out) FROM device_hour",
                "tokens for one USD of devices | SELECT SUM(tokens_in + tokens_out) / SUM(bill) FROM device_hour",
                "saved on spot and reserved devices | SELECT SUM(4.00 * devices - bill) FROM device_hour",
                "saved on cached input | SELECT COUNT(*) * 0.000045 FROM llm_ledger",
                "calls in flight, mean | SELECT SUM(total_ms) / (28 * 86400000.0) FROM call_log WHERE kind = 'llmops.call/1'",
                "daily ÷ period's active users of search | SELECT AVG(1.0 * n) / MAX(of_all) FROM (SELECT COUNT(DISTINCT user_id) AS n, (SELECT COUNT(DISTINCT user_id) FROM call_log WHERE kind = 'llmops.call/1' AND feature = 'search') AS of_all FROM call_log WHERE kind = 'llmops.call/1' AND feature = 'search' GROUP BY CAST(DATEADD('MILLISECOND', -CAST(total_ms AS BIGINT), at) AT TIME ZONE 'UTC' AS DATE))",
            })
    void costs_per_unit_equal_what_sql_finds(String name, String query) throws SQLException {
        assertThat(figure(name).value().doubleValue())
                .isCloseTo(month.sql(query).doubleValue(), within(1e-9));
    }

    @Test
    void every_day_of_a_trend_equals_what_sql_finds() throws SQLException {
        List<Figure> days =
                report.figures().stream().filter(TrendBlocks::isDaily).toList();
        // Every 24th call is judged down, and every day has judgements of the answers.
        assertThat(days).hasSize(3 * 28);

        for (Figure day : days) {
            String[] words = day.name().split(" on ");
            String started =
                    " CAST(DATEADD('MILLISECOND', -CAST(total_ms AS BIGINT), at) AT TIME ZONE 'UTC' AS DATE) = '"
                            + words[1] + "'";
            assertThat(day.value().doubleValue())
                    .as(day.name())
                    .isCloseTo(
                            month.sql(TRENDS.get(words[0]) + " AND" + started).doubleValue(), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"success", "satisfaction", "faithfulness"})
    void the_change_of_a_trend_is_the_second_half_less_the_first(String name) throws SQLException {
        String started = " AND DATEADD('MILLISECOND', -CAST(total_ms AS BIGINT), at) ";
        String middle = " TIMESTAMP WITH TIME ZONE '" + month.from.plus(Duration.ofDays(14)) + "'";
        Figure change = figure("change of " + name);

        assertThat(change.value().doubleValue())
                .isCloseTo(
                        month.sql(TRENDS.get(name) + started + ">=" + middle).doubleValue()
                                - month.sql(TRENDS.get(name) + started + "<" + middle)
                                        .doubleValue(),
                        within(1e-9));
        assertThat(change.lower()).isLessThan(change.value().doubleValue());
        assertThat(change.upper()).isGreaterThan(change.value().doubleValue());
    }

    @Test
    void the_interval_of_a_change_is_newcombes() {
        // Newcombe (1998), table II, row of method 10: 56/70 less 48/80 is 0.2, from 0.0524 to 0.3339.
        Figure change = Figure.change("s", "n", 48, 80, 56, 70).get(0);

        assertThat(change.lower()).isCloseTo(.0524, within(1e-4));
        assertThat(change.upper()).isCloseTo(.3339, within(1e-4));
    }

    @Test
    void windows_with_drift_are_a_share_of_those_that_could_be_decided() {
        assertThat(figure("windows with drift").value().doubleValue()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(figure("windows with drift of prompt_length").value().doubleValue())
                .isCloseTo(1 / 3.0, within(1e-9));
        assertThat(figure("windows with too little data for drift").value()).isEqualByComparingTo("0.25");
        assertThat(figure("windows with a drift alert").value()).isEqualByComparingTo("0.25");
        assertThat(figure("windows with drift").n()).isEqualTo(3);
    }

    @Test
    void nothing_is_missing_where_all_was_supplied() {
        assertThat(report.toPage().toMarkdown()).doesNotContain("what to supply");
    }

    @Test
    void what_is_missing_says_what_to_supply() {
        String page = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                .log(month.lines.stream())
                .build()
                .toPage()
                .toMarkdown();

        assertThat(page)
                .contains("| total | a ledger with calls of the period: ledger(…) |")
                .contains("| device idle share | Prometheus' answer to a range query of")
                .contains("| devices | measured hours of devices with their price: devices(…) |")
                .contains("| alert precision | alerts that are marked worth it or not |")
                .doesNotContain("| conversion | log lines");
    }

    @Test
    void no_figure_is_without_a_test() {
        Set<String> names = new HashSet<>();
        report.figures().forEach(figure -> names.add(figure.name()));
        names.removeIf(name -> name.startsWith("latency ")
                || TRENDS.keySet().stream().anyMatch(trend -> name.startsWith(trend + " on "))
                || name.startsWith("by ")
                || name.startsWith("adoption of")
                || name.startsWith("daily ÷ period's active users of"));

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "calls",
                        "active users",
                        "daily active users, mean",
                        "daily ÷ period's active users",
                        "conversion",
                        "task_success",
                        "faithfulness of at least 0.5",
                        "windows with drift",
                        "windows with drift of prompt_length",
                        "windows with drift of model",
                        "windows with too little data for drift",
                        "windows with a drift alert",
                        "change of success",
                        "change of satisfaction",
                        "change of faithfulness",
                        "llm.gpu.utilization, mean",
                        "llm.gpu.utilization, P95",
                        "llm.gpu.utilization, peak",
                        "device idle share",
                        "device idle share of 0",
                        "device idle share of 1",
                        "device count",
                        "llm.server.queue.size, mean",
                        "llm.server.queue.size, P95",
                        "llm.server.queue.size, peak",
                        "devices",
                        "paid for idle devices",
                        "device time busy",
                        "devices, per million output tokens",
                        "tokens for one USD of devices",
                        "saved on spot and reserved devices",
                        "per conversion",
                        "per task_success",
                        "spent on calls with retries",
                        "satisfaction (thumbs up)",
                        "complaints (thumbs down per call)",
                        "success",
                        "cancelled",
                        "error",
                        "error overloaded",
                        "error cancelled",
                        "refusals",
                        "calls with retries",
                        "input read from the provider's cache",
                        "unreadable lines",
                        "alerts",
                        "time to detect, median",
                        "time to detect, P90",
                        "time to restore, median",
                        "time to restore, P90",
                        "alert precision",
                        "mean time between failures",
                        "releases",
                        "change failure rate",
                        "roll-back rate",
                        "time to mitigate, median",
                        "time to mitigate, P90",
                        "calls in flight, mean",
                        "calls in flight, peak",
                        "per QPS (mean calls a second)",
                        "saved on cached input",
                        "cost of a conversation, median",
                        "cost of a conversation, P90",
                        "cost of an agent run, median",
                        "cost of an agent run, P90",
                        "hours of unusual spend in USD",
                        "total",
                        "per million calls",
                        "per active user",
                        "per successful call",
                        "spent on calls that ended failed",
                        "spent on calls that ended cancelled");
    }

    @Test
    void the_costliest_conversations_come_first() throws SQLException {
        assertThat(report.costliestConversations())
                .hasSize(10)
                .isSortedAccordingTo(
                        Comparator.comparing(OperationsReport.Spent::amount).reversed())
                .first()
                .satisfies(first -> assertThat(first.amount())
                        .isEqualByComparingTo(month.sql("SELECT MAX(s) FROM (SELECT SUM(amount) AS s FROM call_log"
                                + " WHERE conversation IS NOT NULL GROUP BY conversation)")));
    }

    @Test
    void an_agent_run_is_a_trace_of_several_calls() {
        assertThat(report.costliestAgentRuns()).hasSize(10).allSatisfy(run -> {
            assertThat(run.id()).startsWith("run");
            assertThat(run.calls()).isEqualTo(3);
        });
    }

    @Test
    void devices_are_counted() throws SQLException {
        assertThat(figure("device count").value())
                .isEqualByComparingTo(month.sql("SELECT COUNT(DISTINCT device) FROM device_sample WHERE device <> ''"));
    }

    @Test
    void calls_one_after_the_other_are_one_at_a_time() {
        assertThat(figure("calls in flight, peak").value()).isEqualByComparingTo("1");
    }

    @Test
    void an_alert_is_mitigated_by_the_first_step_of_the_switch_while_it_fires() {
        assertThat(figure("time to mitigate, median").value()).isEqualByComparingTo("30");
        assertThat(figure("time to mitigate, P90").value()).isEqualByComparingTo("90");
        assertThat(figure("time to mitigate, median").n()).isEqualTo(2);
        assertThat(figure("roll-back rate").value()).isEqualByComparingTo("0.5");
    }

    @Test
    void a_rate_has_its_interval_and_count() {
        Figure failures = figure("change failure rate");

        assertThat(failures.value()).isEqualByComparingTo("0.5");
        assertThat(failures.n()).isEqualTo(2);
        assertThat(failures.lower()).isCloseTo(.0945, within(1e-4));
        assertThat(failures.upper()).isCloseTo(.9055, within(1e-4));
    }

    @Test
    void times_are_medians_and_90th_percentiles() {
        assertThat(figure("time to detect, median").value()).isEqualByComparingTo("120");
        assertThat(figure("time to detect, P90").value()).isEqualByComparingTo("300");
        assertThat(figure("time to restore, median").value()).isEqualByComparingTo("900");
        assertThat(figure("mean time between failures").value()).isEqualByComparingTo("85620");
        assertThat(figure("alert precision").n()).isEqualTo(3);
    }

    @Test
    void the_page_is_one_file_in_three_formats() {
        assertThat(report.toPage().toHtml()).contains("Cost effectiveness").doesNotContain("src=", "<link");
        assertThat(report.toPage().toMarkdown()).contains("| by tenant: t0 |");
        assertThat(report.toPage().toJson()).contains("\"section\":\"Business effect\"");
    }

    @Test
    void capacity_is_forecast_from_the_ledger() {
        CapacityForecast forecast = report.forecast().orElseThrow();

        assertThat(forecast.days())
                .hasSize(7)
                .allSatisfy(day -> assertThat(day.calls()).isEqualTo(24));
        assertThat(forecast.triedDays()).isEqualTo(14);
    }
}
