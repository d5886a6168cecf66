package dev.llmops.report.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says: which figures, with which intervals, what of alerts and releases, and what is missing. */
class OperationsReportTest {

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

    @Test
    void the_interval_of_a_change_is_newcombes() {
        // Newcombe (1998), table II, row of method 10: 56/70 less 48/80 is 0.2, from 0.0524 to 0.3339.
        Figure change = Figure.change("s", "n", 48, 80, 56, 70).get(0);

        assertThat(change.lower()).isCloseTo(.0524, within(1e-4));
        assertThat(change.upper()).isCloseTo(.3339, within(1e-4));
    }

    @Test
    void windows_with_drift_are_a_share_of_those_that_could_be_decided() {
        assertThat(november.figure("windows with drift").value().doubleValue()).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(november.figure("windows with drift of prompt_length")
                        .value()
                        .doubleValue())
                .isCloseTo(1 / 3.0, within(1e-9));
        assertThat(november.figure("windows with too little data for drift").value())
                .isEqualByComparingTo("0.25");
        assertThat(november.figure("windows with a drift alert").value()).isEqualByComparingTo("0.25");
        assertThat(november.figure("windows with drift").n()).isEqualTo(3);
    }

    @Test
    void nothing_is_missing_where_all_was_supplied() {
        assertThat(november.report.toPage().toMarkdown()).doesNotContain("what to supply");
    }

    @Test
    void what_is_missing_says_what_to_supply() {
        String page = OperationsReport.builder(november.month.from, november.month.to, ZoneOffset.UTC)
                .log(november.month.lines.stream())
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
        november.report.figures().forEach(figure -> names.add(figure.name()));
        names.removeIf(name -> name.startsWith("latency ")
                || name.contains(" on 2026-")
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
        assertThat(november.report.costliestConversations())
                .hasSize(10)
                .isSortedAccordingTo(
                        Comparator.comparing(OperationsReport.Spent::amount).reversed())
                .first()
                .satisfies(first -> assertThat(first.amount())
                        .isEqualByComparingTo(
                                november.month.sql("SELECT MAX(s) FROM (SELECT SUM(amount) AS s FROM call_log"
                                        + " WHERE conversation IS NOT NULL GROUP BY conversation)")));
    }

    @Test
    void an_agent_run_is_a_trace_of_several_calls() {
        assertThat(november.report.costliestAgentRuns()).hasSize(10).allSatisfy(run -> {
            assertThat(run.id()).startsWith("run");
            assertThat(run.calls()).isEqualTo(3);
        });
    }

    @Test
    void calls_one_after_the_other_are_one_at_a_time() {
        assertThat(november.figure("calls in flight, peak").value()).isEqualByComparingTo("1");
    }

    @Test
    void an_alert_is_mitigated_by_the_first_step_of_the_switch_while_it_fires() {
        assertThat(november.figure("time to mitigate, median").value()).isEqualByComparingTo("30");
        assertThat(november.figure("time to mitigate, P90").value()).isEqualByComparingTo("90");
        assertThat(november.figure("time to mitigate, median").n()).isEqualTo(2);
        assertThat(november.figure("roll-back rate").value()).isEqualByComparingTo("0.5");
    }

    @Test
    void a_rate_has_its_interval_and_count() {
        Figure failures = november.figure("change failure rate");

        assertThat(failures.value()).isEqualByComparingTo("0.5");
        assertThat(failures.n()).isEqualTo(2);
        assertThat(failures.lower()).isCloseTo(.0945, within(1e-4));
        assertThat(failures.upper()).isCloseTo(.9055, within(1e-4));
    }

    @Test
    void times_are_medians_and_90th_percentiles() {
        assertThat(november.figure("time to detect, median").value()).isEqualByComparingTo("120");
        assertThat(november.figure("time to detect, P90").value()).isEqualByComparingTo("300");
        assertThat(november.figure("time to restore, median").value()).isEqualByComparingTo("900");
        assertThat(november.figure("mean time between failures").value()).isEqualByComparingTo("85620");
        assertThat(november.figure("alert precision").n()).isEqualTo(3);
    }

    @Test
    void the_page_is_one_file_in_three_formats() {
        assertThat(november.report.toPage().toHtml())
                .contains("Cost effectiveness")
                .doesNotContain("src=", "<link");
        assertThat(november.report.toPage().toMarkdown()).contains("| by tenant: t0 |");
        assertThat(november.report.toPage().toJson()).contains("\"section\":\"Business effect\"");
    }

    @Test
    void capacity_is_forecast_from_the_ledger() {
        CapacityForecast forecast = november.report.forecast().orElseThrow();

        assertThat(forecast.days())
                .hasSize(7)
                .allSatisfy(day -> assertThat(day.calls()).isEqualTo(24));
        assertThat(forecast.triedDays()).isEqualTo(14);
    }
}
