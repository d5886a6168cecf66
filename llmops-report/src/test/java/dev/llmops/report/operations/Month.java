package dev.llmops.report.operations;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Phase;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.JsonLinesFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Four weeks of calls, logged and booked by the real log and ledger, and the log once more as a table for the oracle. */
final class Month implements AutoCloseable {

    private static final List<String> PHASES = List.of("retrieval", "first_token", "generation", "per_output_token");

    private static final CallEnricher PRICES = record -> {
        long tokens = record.usage().inputTokens().orElse(0);
        return record.toBuilder()
                .cost(new Cost(CostState.EXACT, BigDecimal.valueOf(tokens, 6), "USD", components(tokens), null))
                .build();
    };

    /** Fifty of the tokens are cached, at a tenth of the price of the others. */
    private static List<CostComponent> components(long tokens) {
        BigDecimal cached = BigDecimal.valueOf(5, 6);
        BigDecimal uncached = BigDecimal.valueOf(tokens, 6).subtract(cached);
        BigDecimal price = BigDecimal.ONE;
        BigDecimal million = BigDecimal.valueOf(1_000_000);
        return List.of(
                new CostComponent(
                        UsageKind.INPUT_TOKENS.key(), uncached.multiply(million), price, million, uncached, null),
                new CostComponent(
                        UsageKind.CACHE_READ_TOKENS.key(),
                        BigDecimal.valueOf(50),
                        new BigDecimal("0.1"),
                        million,
                        cached,
                        null));
    }

    final Instant from;
    final Instant to;
    final Connection database;
    final List<String> lines;
    private final Random random = new Random(3);

    Month(Path folder, int days) throws IOException, SQLException, InterruptedException {
        String url = "jdbc:h2:mem:month" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1";
        FakeTicker ticker = new FakeTicker();
        from = ticker.clock().instant();
        Path file = folder.resolve("calls.jsonl");
        CallLog log = CallLog.builder().sink(JsonLinesFile.at(file)).build();
        try (Ledger ledger = Ledger.at(folder.resolve("ledger"))
                .jdbc(url, "", "")
                .keepAttributes("team")
                .open()) {
            try (LlmOps llmops = LlmOps.builder()
                    .clock(ticker.clock())
                    .ticker(ticker)
                    .detectVersions(false)
                    .enricher(PRICES)
                    .listener(log)
                    .listener(ledger.listener())
                    .build()) {
                for (int hour = 0; hour < days * 24; hour++) {
                    call(llmops, ticker, hour);
                }
            }
            if (!ledger.flush(Duration.ofSeconds(30))) {
                throw new IllegalStateException("the ledger did not drain");
            }
        }
        log.close();
        to = from.plus(Duration.ofDays(days));
        lines = Files.readAllLines(file);
        database = DriverManager.getConnection(url);
        loadLog();
    }

    private void call(LlmOps llmops, FakeTicker ticker, int hour) {
        Instant start = ticker.clock().instant();
        String request = "r" + hour;
        try (LlmCall call = llmops.call(Operation.CHAT, "openai", hour % 3 == 0 ? "gpt-4o" : "gpt-4o-mini")
                .requestId(request)
                .user("u" + random.nextInt(40))
                .tenant("t" + hour % 2)
                .feature(hour % 5 == 0 ? "search" : "support")
                .conversationId("c" + random.nextInt(60))
                .traceId("run" + hour / 3)
                .start()) {
            call.attribute("team", hour % 7 == 0 ? "care" : "sales");
            if (hour % 11 == 0) {
                call.retry();
            }
            try (Phase retrieval = call.phase("retrieval")) {
                ticker.advanceMillis(10 + random.nextInt(200));
            }
            ticker.advanceMillis(100 + random.nextInt(500));
            call.chunk(1);
            ticker.advanceMillis(random.nextInt(2_500));
            call.usage(TokenUsage.inclusive(100 + random.nextInt(5_000), 100).cachedInput(50));
            switch (random.nextInt(20)) {
                case 0 -> call.fail(CallError.of(ErrorKind.OVERLOADED));
                case 1 -> call.cancel();
                default -> call.finish("stop");
            }
        }
        if (hour % 3 == 0) {
            llmops.evaluation(request, "faithfulness", random.nextDouble(), null, null, "judge@1");
        }
        if (hour % 6 == 0) {
            llmops.evaluation(request, "conversion", random.nextInt(4) == 0 ? 1 : 0, null, null, "outcome");
            llmops.evaluation(request, "task_success", random.nextInt(2), null, null, "outcome");
        }
        if (hour % 4 == 0) {
            llmops.feedback(request, hour % 24 == 0 ? LlmEvent.Verdict.DOWN : LlmEvent.Verdict.UP, null);
        }
        ticker.advance(Duration.between(ticker.clock().instant(), start.plus(Duration.ofHours(1))));
    }

    private void loadLog() throws SQLException {
        JsonMapper mapper = JsonMapper.builder().build();
        try (Statement create = database.createStatement()) {
            create.execute("CREATE TABLE call_log (kind VARCHAR, at TIMESTAMP WITH TIME ZONE, status VARCHAR,"
                    + " error VARCHAR, user_id VARCHAR, feature VARCHAR, total_ms DOUBLE PRECISION, verdict VARCHAR,"
                    + " refusal BOOLEAN, retries INT, tokens_in BIGINT, cached BIGINT, conversation VARCHAR, trace VARCHAR,"
                    + " amount NUMERIC(30, 15), evaluation VARCHAR, score DOUBLE PRECISION, retrieval_ms DOUBLE PRECISION,"
                    + " first_token_ms DOUBLE PRECISION, generation_ms DOUBLE PRECISION,"
                    + " per_output_token_ms DOUBLE PRECISION)");
        }
        try (PreparedStatement insert = database.prepareStatement(
                "INSERT INTO call_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (String text : lines) {
                JsonNode line = mapper.readTree(text);
                insert.setString(1, line.path("schema").asString(null));
                insert.setObject(
                        2, Instant.parse(line.path("timestamp").asString()).atOffset(ZoneOffset.UTC));
                insert.setString(3, line.path("status").asString(null));
                insert.setString(4, line.path("error").path("kind").asString(null));
                insert.setString(5, line.path("user_id").asString(null));
                insert.setString(6, line.path("feature").asString(null));
                insert.setDouble(7, line.path("latency_ms").path("total").asDouble(0));
                insert.setString(8, line.path("verdict").asString(null));
                insert.setBoolean(9, line.path("refusal").asBoolean(false));
                insert.setInt(10, line.path("retries").asInt(0));
                insert.setLong(11, line.path("tokens_in").asLong(0));
                insert.setLong(12, line.path("tokens").path("cached_input").asLong(0));
                insert.setString(13, line.path("conversation_id").asString(null));
                insert.setString(14, line.path("trace_id").asString(null));
                insert.setBigDecimal(
                        15, new BigDecimal(line.path("cost").path("amount").asString("0")));
                insert.setString(16, line.path("evaluation").asString(null));
                insert.setDouble(17, line.path("score").asDouble(0));
                for (int i = 0; i < PHASES.size(); i++) {
                    JsonNode millis = line.path("latency_ms").path(PHASES.get(i));
                    insert.setObject(18 + i, millis.isNumber() ? millis.asDouble() : null);
                }
                insert.executeUpdate();
            }
        }
    }

    /** The oracle. */
    BigDecimal sql(String query) throws SQLException {
        try (Statement statement = database.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getBigDecimal(1);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
