package dev.llmops.report.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the report counts, leaves out or refuses of a log, a ledger or an answer that is not as usual. */
class OperationsReportInputTest {

    @TempDir
    static Path folder;

    private static Month month;

    @BeforeAll
    static void live_through_a_month() throws Exception {
        month = new Month(folder, 28);
    }

    @AfterAll
    static void close() throws SQLException {
        month.close();
    }

    @Test
    void an_answer_that_is_no_json_is_refused() {
        OperationsReport.Builder builder = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC);

        assertThatThrownBy(() -> builder.saturation("<html>"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the saturation is no JSON (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"status\":\"error\",\"error\":\"query timed out\"}"})
    void an_answer_without_a_result_is_refused(String answer) {
        OperationsReport.Builder builder = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC);

        assertThatThrownBy(() -> builder.saturation(answer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the saturation is no answer of Prometheus (" + answer
                        + ") — one with status success and a result — save what /api/v1/query_range answers");
    }

    @Test
    void calls_outside_of_the_period_do_not_count() {
        OperationsReport day = OperationsReport.builder(month.from, month.from.plus(Duration.ofDays(1)), ZoneOffset.UTC)
                .log(month.lines.stream())
                .build();

        assertThat(day.figure("calls").orElseThrow().n()).isEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "much"})
    void amounts_that_cannot_be_read_are_counted_and_left_out(String amount) {
        OperationsReport odd = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                .log(month.lines.stream()
                        .filter(line -> line.contains("llmops.call/1"))
                        .map(line -> line.replaceAll("\"amount\":\"?[0-9.]+\"?", "\"amount\":\"" + amount + '"')))
                .build();

        assertThat(odd.figure("unreadable lines").orElseThrow().value()).isPositive();
        assertThat(odd.figure("calls").orElseThrow().n())
                .isEqualTo(month.lines.stream()
                        .filter(line -> line.contains("llmops.call/1"))
                        .count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2Z", "", "+1000000001-01-01T00:00:00Z"})
    void lines_without_a_time_are_counted_and_left_out(String time) {
        OperationsReport odd = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                .log(Stream.of(
                        "{\"schema\":\"llmops.call/1\",\"timestamp\":\"" + time + "\"}",
                        "{\"schema\":\"llmops.feedback/1\",\"timestamp\":{}}"))
                .build();

        assertThat(odd.figure("unreadable lines").orElseThrow().value()).isEqualByComparingTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"latency_ms\":{\"total\":-5}",
                "\"latency_ms\":{\"total\":5,\"first_token\":1e300}",
                "\"latency_ms\":{\"total\":\"abc\"}",
                "\"tokens_in\":-1",
                "\"tokens\":{\"cached_input\":[]}",
                "\"retries\":true",
                "\"status\":\"well\"",
                "\"sample_rate\":0",
                "\"sample_rate\":-1",
                "\"sample_rate\":1.01",
                "\"sample_rate\":\"all\""
            })
    void a_line_with_a_number_that_is_none_counts_as_unreadable_and_nowhere_else(String field) {
        OperationsReport odd = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                .log(Stream.of("{\"schema\":\"llmops.call/1\",\"timestamp\":\"" + month.from.plusSeconds(60)
                        + "\",\"status\":\"success\"," + field + "}"))
                .build();

        assertThat(odd.figure("unreadable lines").orElseThrow().value()).isEqualByComparingTo("1");
        assertThat(odd.figure("calls").orElseThrow().value()).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feedback/1\"",
                "feedback/1\",\"verdict\":\"sideways\"",
                "feedback/1\",\"verdict\":\"up\",\"sample_rate\":0",
                "evaluation/1\",\"evaluation\":\"faithfulness\"",
                "evaluation/1\",\"evaluation\":\"faithfulness\",\"score\":\"good\""
            })
    void what_was_said_without_a_verdict_counts_as_unreadable(String rest) {
        OperationsReport odd = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                .log(Stream.of(
                        "{\"call_id\":\"c1\",\"timestamp\":\"" + month.from + "\",\"schema\":\"llmops." + rest + "}"))
                .build();

        assertThat(odd.figure("unreadable lines").orElseThrow().value()).isEqualByComparingTo("1");
        assertThat(odd.figure("satisfaction (thumbs up)")).isEmpty();
        assertThat(odd.figure("faithfulness of at least 0.5")).isEmpty();
    }

    @Test
    void without_feedback_there_are_no_complaints_to_state() {
        OperationsReport silent = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                .log(month.lines.stream().filter(line -> !line.contains("llmops.feedback/1")))
                .build();

        assertThat(silent.figure("complaints (thumbs down per call)")).isEmpty();
        assertThat(silent.figure("refusals").orElseThrow().lower()).isZero();
    }

    @Test
    void a_call_that_was_corrected_counts_once_and_one_that_got_its_price_later_counts() throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:h2:mem:corrected");
                Statement sql = ledger.createStatement()) {
            sql.execute("CREATE TABLE llm_ledger (kind VARCHAR, call_id VARCHAR, amount NUMERIC(9, 2))");
            sql.execute(
                    "INSERT INTO llm_ledger VALUES ('CALL', 'c1', 1), ('CORRECTION', 'c1', 2), ('CORRECTION', 'c1', 3),"
                            + " ('CALL', 'c2', NULL), ('CORRECTION', 'c2', 4), ('CORRECTION', 'c2', 5), ('CALL', 'c3', NULL)");
            sql.execute(
                    "ALTER TABLE llm_ledger ADD started_at TIMESTAMP WITH TIME ZONE DEFAULT TIMESTAMP WITH TIME ZONE '"
                            + month.from + "'");
            for (String column : List.of(
                    "tenant",
                    "feature",
                    "provider",
                    "model",
                    "version_set",
                    "outcome",
                    "attributes",
                    "currency",
                    "components")) {
                sql.execute("ALTER TABLE llm_ledger ADD " + column + " VARCHAR DEFAULT '{}'");
            }

            OperationsReport corrected = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                    .ledger(ledger)
                    .build();

            assertThat(corrected.figure("total").orElseThrow().value()).isEqualByComparingTo("15");
            assertThat(corrected.figure("total").orElseThrow().n()).isEqualTo(2);
        }
    }

    private static Connection ledger(String name) throws SQLException {
        Connection ledger = DriverManager.getConnection("jdbc:h2:mem:" + name);
        try (Statement sql = ledger.createStatement()) {
            sql.execute(
                    "CREATE TABLE llm_ledger (kind VARCHAR DEFAULT 'CALL', call_id VARCHAR DEFAULT RANDOM_UUID(), tenant VARCHAR,"
                            + " feature VARCHAR, provider VARCHAR DEFAULT 'p', model VARCHAR DEFAULT 'm', version_set VARCHAR DEFAULT 'v',"
                            + " outcome VARCHAR DEFAULT 'COMPLETED', attributes VARCHAR DEFAULT '{}', currency VARCHAR DEFAULT 'USD',"
                            + " components VARCHAR DEFAULT '[]', amount NUMERIC(9, 2), started_at TIMESTAMP WITH TIME ZONE)");
        }
        return ledger;
    }

    /** A call of one dollar in each hour of five weeks, the last of which has one hour of a hundred dollars. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York"})
    void an_unusual_hour_is_found_in_every_zone(String name) throws SQLException {
        ZoneId zone = ZoneId.of(name);
        Instant from = LocalDate.of(2026, 6, 29).atStartOfDay(zone).toInstant();
        Instant spike = from.plus(Duration.ofHours(10));
        try (Connection ledger = ledger(name.replace("/", ""));
                Statement sql = ledger.createStatement()) {
            sql.execute("INSERT INTO llm_ledger (amount, started_at) SELECT CASE WHEN x = 10 THEN 100 ELSE 1 END,"
                    + " DATEADD('MINUTE', 60 * x + 5, TIMESTAMP WITH TIME ZONE '" + from
                    + "') FROM SYSTEM_RANGE(-672, 167)");

            OperationsReport week = OperationsReport.builder(from, from.plus(Duration.ofDays(7)), zone)
                    .ledger(ledger)
                    .build();

            assertThat(week.unusualHours()).singleElement().satisfies(hour -> {
                assertThat(hour.start()).isEqualTo(spike);
                assertThat(hour.amount()).isEqualByComparingTo("100");
            });
            assertThat(week.forecast().orElseThrow().days())
                    .allSatisfy(day -> assertThat(day.calls()).isEqualTo(24));
        }
    }

    @Test
    void amounts_of_two_currencies_are_never_compared() throws SQLException {
        try (Connection ledger = ledger("currencies");
                Statement sql = ledger.createStatement()) {
            sql.execute(
                    "INSERT INTO llm_ledger (tenant, currency, amount, started_at) SELECT 't' || x, 'JPY', 1000 + x, TIMESTAMP"
                            + " WITH TIME ZONE '" + month.from + "' FROM SYSTEM_RANGE(1, 12)");
            sql.execute(
                    "INSERT INTO llm_ledger (tenant, currency, amount, started_at) SELECT 't' || x, 'EUR', x, TIMESTAMP"
                            + " WITH TIME ZONE '" + month.from + "' FROM SYSTEM_RANGE(1, 12)");

            OperationsReport two = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                    .ledger(ledger)
                    .build();

            assertThat(two.figures().stream()
                            .filter(figure -> figure.name().startsWith("by tenant: "))
                            .map(figure -> figure.name().substring("by tenant: ".length()) + " " + figure.value() + " "
                                    + figure.unit()))
                    .hasSize(20)
                    .startsWith("t12 12.00 EUR", "t11 11.00 EUR")
                    .endsWith("t4 1004.00 JPY", "t3 1003.00 JPY");
            assertThat(two.figures().stream().filter(figure -> figure.name().equals("total")))
                    .extracting(Figure::unit)
                    .containsExactly("EUR", "JPY");
        }
    }

    @Test
    void conversations_are_ranked_by_currency() {
        String call = "{\"schema\":\"llmops.call/1\",\"status\":\"success\",\"timestamp\":\"" + month.from
                + "\",\"conversation_id\":\"%s\",\"cost\":{\"amount\":\"%s\",\"currency\":\"%s\"}}";
        OperationsReport two = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC)
                .log(Stream.of(
                        call.formatted("a", "900", "JPY"),
                        call.formatted("b", "2", "EUR"),
                        call.formatted("c", "-1", "EUR")))
                .build();

        assertThat(two.costliestConversations())
                .extracting(OperationsReport.Spent::id, OperationsReport.Spent::currency)
                .containsExactly(tuple("b", "EUR"), tuple("c", "EUR"), tuple("a", "JPY"));
    }

    @Test
    void a_sampled_log_is_refused() {
        OperationsReport.Builder builder = OperationsReport.builder(month.from, month.to, ZoneOffset.UTC);
        Stream<String> sampled =
                month.lines.stream().map(line -> line.replace("\"sample_rate\":1.0", "\"sample_rate\":0.1"));

        assertThatThrownBy(() -> builder.log(sampled))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the log is sampled (sample_rate 0.1) — ");
    }
}
