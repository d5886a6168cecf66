package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.Outcome;
import dev.llmops.samples.gateway.mock.MockFault;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The ledger, the records and the metric tell the same amount to the last digit, whatever happens. */
class LedgerIT {

    private static final String SCRIPT = "tokens=100; input_tokens=1000; cached_tokens=400; ttft_ms=0; gap_ms=0";

    /** Room for the hold of a call, 16,384 output tokens at 1 USD per million and a few of input, while nothing is spent. */
    private static final String ROOM_FOR_ONE = "0.0165";

    @TempDir
    private Path dataDir;

    private final Queue<CallRecord> records = new ConcurrentLinkedQueue<>();

    private RunningGateway start(String... budgets) {
        GatewayOptions options = new GatewayOptions();
        options.dataDir = dataDir;
        options.budgets = RunningGateway.budgets(budgets);
        options.observer = new LlmListener() {
            @Override
            public void callEnded(LiveCall call, CallRecord record) {
                records.add(record);
            }
        };
        return new RunningGateway(options);
    }

    @Test
    void costs_say_what_they_lack() throws Exception {
        Path journal = Files.createDirectories(dataDir.resolve("ledger/journal"));
        for (int number = 1; number <= 2; number++) {
            Files.writeString(journal.resolve("000000000000000" + number + ".journal"), "no frames");
        }
        try (RunningGateway gateway = start()) {
            assertThat(RunningGateway.json(gateway.get("/cost?by=user")).path("lacks"))
                    .hasToString("{\"damaged_files\":1}");
        }
        try (RunningGateway gateway = start()) {
            assertThat(RunningGateway.json(gateway.get("/cost?by=user")).has("lacks"))
                    .isFalse();
        }
    }

    @Test
    void ledger_records_and_metric_agree_to_the_last_digit_through_faults_cancels_refusals_and_a_restart()
            throws Exception {
        BigDecimal metric = BigDecimal.ZERO;
        for (int run = 0; run < 2; run++) {
            try (RunningGateway gateway = start("tenant:poor=0.000001/day/closed")) {
                completions(gateway, run);
                faults(gateway);
                cancels(gateway);
                refusals(gateway);
                await().until(() -> gateway.scrape().sum("llm_active_requests") == 0);
                metric = metric.add(metricSum(gateway));

                BigDecimal recorded = records.stream()
                        .map(CallRecord::cost)
                        .filter(Objects::nonNull)
                        .flatMap(cost -> cost.amount().stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(ledgerSum(gateway)).isEqualByComparingTo(recorded);
                assertThat(metric).isEqualByComparingTo(recorded);
                assertThat(recorded).isPositive();
                assertThat(ledgerCalls(gateway))
                        .isEqualTo(records.stream()
                                .filter(record -> record.outcome() != Outcome.REJECTED)
                                .count());
            }
        }
        assertThat(records)
                .extracting(CallRecord::outcome)
                .contains(Outcome.COMPLETED, Outcome.FAILED, Outcome.CANCELLED, Outcome.TIMED_OUT, Outcome.REJECTED);
    }

    @Test
    void a_refused_call_is_recorded_at_no_cost_and_is_not_in_the_ledger() {
        try (RunningGateway gateway = start("tenant:poor=0.000001/day/closed")) {
            refusals(gateway);

            assertThat(records).allSatisfy(record -> {
                assertThat(record.outcome()).isEqualTo(Outcome.REJECTED);
                assertThat(record.cost()).extracting(Cost::amountOrNull).isEqualTo(BigDecimal.ZERO);
            });
            assertThat(rows(gateway)).isEmpty();
        }
    }

    @Test
    void a_budget_in_memory_goes_on_after_a_restart_from_what_the_ledger_knows() {
        String budget = "user=" + ROOM_FOR_ONE + "/year/closed";
        try (RunningGateway gateway = start(budget)) {
            assertThat(gateway.chat(SCRIPT, chat("u1", false)).statusCode()).isEqualTo(200);
            assertThat(gateway.chat(SCRIPT, chat("u1", false)).statusCode()).isEqualTo(402);
        }
        try (RunningGateway gateway = start(budget)) {
            HttpResponse<String> refused = gateway.chat(SCRIPT, chat("u1", false));
            assertThat(refused.statusCode()).isEqualTo(402);
            assertThat(json(refused).path("error").path("message").asString()).contains("user-year");
            assertThat(gateway.chat(SCRIPT, chat("u2", false)).statusCode()).isEqualTo(200);
        }
    }

    /** Amounts that binary fractions cannot hold. */
    private static void completions(RunningGateway gateway, int run) {
        for (int call = 0; call < 20; call++) {
            String script = "tokens=" + (7 + call) + "; input_tokens=" + (1013 + 17 * call + run) + "; cached_tokens="
                    + 3 * call + "; ttft_ms=0; gap_ms=0";
            assertThat(gateway.chat(script, chat("u" + call % 3, call % 2 == 0)).statusCode())
                    .isEqualTo(200);
        }
        gateway.post("/v1/chat/completions", completion("gpt-4o", false), "x-mock", SCRIPT);
        gateway.post("/v1/chat/completions", completion("no-such-model", true), "x-mock", SCRIPT);
    }

    private static void faults(RunningGateway gateway) {
        for (String fault : MockFault.wireNames()) {
            for (boolean stream : new boolean[] {true, false}) {
                gateway.chat("tokens=10; ttft_ms=1; gap_ms=1; fault=" + fault, chat("u1", stream));
            }
        }
    }

    private static void cancels(RunningGateway gateway) throws Exception {
        String body = chat("u4", true).replace("1000", "60000");
        try (LeavingClient client =
                LeavingClient.ask(gateway.address(), "/chat", "tokens=1000; ttft_ms=0; gap_ms=5", body)) {
            client.readUntil("data: ");
        }
        try (LeavingClient client = LeavingClient.ask(gateway.address(), "/chat", "ttft_ms=60000", body)) {
            await().until(() -> gateway.scrape().sum("llm_active_requests") > 0);
        }
    }

    private static void refusals(RunningGateway gateway) {
        for (int call = 0; call < 5; call++) {
            HttpResponse<String> refused =
                    gateway.post("/chat", chat("u5", false), "x-mock", SCRIPT, "x-tenant", "poor");
            assertThat(refused.statusCode()).isEqualTo(402);
        }
    }

    private static String chat(String user, boolean stream) {
        return "{\"user_id\":\"" + user + "\",\"prompt\":\"hello\",\"budget_ms\":1000,\"stream\":" + stream + "}";
    }

    private static String completion(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":" + stream
                + "}";
    }

    private static Stream<JsonNode> rowsOf(RunningGateway gateway) {
        return StreamSupport.stream(
                json(gateway.get("/cost?by=user")).path("rows").spliterator(), false);
    }

    private static List<JsonNode> rows(RunningGateway gateway) {
        return rowsOf(gateway).toList();
    }

    private static BigDecimal ledgerSum(RunningGateway gateway) {
        return rowsOf(gateway)
                .map(row -> new BigDecimal(row.path("amount").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long ledgerCalls(RunningGateway gateway) {
        return rowsOf(gateway).mapToLong(row -> row.path("calls").asLong()).sum();
    }

    /** The text as it stands, since a reader that takes it for binary fractions adds their errors. */
    private static BigDecimal metricSum(RunningGateway gateway) {
        return gateway.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("llm_cost_usd_total{"))
                .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
