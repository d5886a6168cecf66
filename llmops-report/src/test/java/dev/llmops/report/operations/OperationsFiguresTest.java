package dev.llmops.report.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each figure that is counted from calls, events, costs or samples equals what SQL finds over the same month. */
class OperationsFiguresTest {

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

    private static November november;

    @BeforeAll
    static void live_through_a_month() throws Exception {
        november = new November(folder);
    }

    @AfterAll
    static void close() throws SQLException {
        november.close();
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
        BigDecimal expected = november.month.sql(select + CALLS);

        assertThat(november.figure(name).value().doubleValue()).isCloseTo(expected.doubleValue(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "retrieval", "first_token", "generation", "per_output_token"})
    void latencies_equal_what_sql_finds(String phase) throws SQLException {
        for (String percent : List.of("50", "95", "99")) {
            double expected = smallestOf(phase + "_ms", CALLS, percent);

            // The histogram keeps three digits.
            assertThat(november.figure("latency " + phase + " P" + percent)
                            .value()
                            .doubleValue())
                    .isCloseTo(expected, within(expected * .001 + .001));
        }
    }

    @ParameterizedTest
    @CsvSource({"llm.gpu.utilization, llm_gpu_utilization", "llm.server.queue.size, llm_server_queue_size"})
    void high_load_equals_what_sql_finds(String gauge, String series) throws SQLException {
        String samples = " FROM device_sample WHERE gauge = '" + series + "'";

        assertThat(november.figure(gauge + ", P95").value().doubleValue())
                .isCloseTo(smallestOf("sample", samples, "95"), within(1e-9));
    }

    /** The smallest value that at least so many of all do not exceed. H2's PERCENTILE_DISC takes the nearest one instead. */
    private static double smallestOf(String column, String from, String percent) throws SQLException {
        return november.month
                .sql("SELECT MIN(v) FROM (SELECT " + column + " AS v, CUME_DIST() OVER (ORDER BY " + column + ") AS c"
                        + from + " AND " + column + " IS NOT NULL) WHERE c >= " + percent + " / 100.0")
                .doubleValue();
    }

    @Test
    void daily_users_equal_what_sql_finds() throws SQLException {
        BigDecimal expected = november.month.sql("SELECT AVG(1.0 * n) FROM (SELECT COUNT(DISTINCT user_id) AS n" + CALLS
                + " GROUP BY CAST(DATEADD('MILLISECOND', -CAST(total_ms AS BIGINT), at) AT TIME ZONE 'UTC' AS DATE))");

        assertThat(november.figure("daily active users, mean").value().doubleValue())
                .isCloseTo(expected.doubleValue(), within(1e-9));
        assertThat(november.figure("daily ÷ period's active users").value().doubleValue())
                .isCloseTo(
                        expected.doubleValue() / november.figure("active users").n(), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "satisfaction (thumbs up) | SELECT AVG(CASE WHEN verdict = 'up' THEN 1.0 ELSE 0 END) FROM call_log WHERE verdict IS NOT NULL",
                "complaints (thumbs down per call) | SELECT 1.0 * COUNT(CASE WHEN verdict = 'down' THEN 1 END) / COUNT(status) FROM call_log",
            })
    void feedback_equals_what_sql_finds(String name, String query) throws SQLException {
        assertThat(november.figure(name).value().doubleValue())
                .isCloseTo(november.month.sql(query).doubleValue(), within(1e-9));
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

        assertThat(november.figure(name).value()).isEqualByComparingTo(november.month.sql("SELECT SUM(amount)" + from));
        assertThat(november.figure(name).n())
                .isEqualTo(november.month.sql("SELECT COUNT(*)" + from).longValue());
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
        assertThat(november.figure(name).value().doubleValue())
                .isCloseTo(november.month.sql(query).doubleValue(), within(1e-9));
    }

    @Test
    void every_day_of_a_trend_equals_what_sql_finds() throws SQLException {
        List<Figure> days =
                november.report.figures().stream().filter(TrendBlocks::isDaily).toList();
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
                            november.month
                                    .sql(TRENDS.get(words[0]) + " AND" + started)
                                    .doubleValue(),
                            within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"success", "satisfaction", "faithfulness"})
    void the_change_of_a_trend_is_the_second_half_less_the_first(String name) throws SQLException {
        String started = " AND DATEADD('MILLISECOND', -CAST(total_ms AS BIGINT), at) ";
        String middle = " TIMESTAMP WITH TIME ZONE '" + november.month.from.plus(Duration.ofDays(14)) + "'";
        Figure change = november.figure("change of " + name);

        assertThat(change.value().doubleValue())
                .isCloseTo(
                        november.month
                                        .sql(TRENDS.get(name) + started + ">=" + middle)
                                        .doubleValue()
                                - november.month
                                        .sql(TRENDS.get(name) + started + "<" + middle)
                                        .doubleValue(),
                        within(1e-9));
        assertThat(change.lower()).isLessThan(change.value().doubleValue());
        assertThat(change.upper()).isGreaterThan(change.value().doubleValue());
    }

    @Test
    void devices_are_counted() throws SQLException {
        assertThat(november.figure("device count").value())
                .isEqualByComparingTo(
                        november.month.sql("SELECT COUNT(DISTINCT device) FROM device_sample WHERE device <> ''"));
    }
}
