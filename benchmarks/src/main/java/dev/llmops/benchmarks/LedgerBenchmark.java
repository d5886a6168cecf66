package dev.llmops.benchmarks;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.testing.PostgresServer;
import dev.llmops.cost.testing.TemporaryFolder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows into a real PostgreSQL, with the fsyncs of its defaults: through the ledger, from the first append until the last
 * row is committed, against nothing but batched inserts of the same rows into the same table.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(1)
@State(Scope.Benchmark)
public class LedgerBenchmark {

    private static final int ROWS = 20_000;
    private static final int BATCH = 1_000;
    private static final int UNDER_WAY = 8_000;
    private static final String INSERT =
            "INSERT INTO llm_ledger (entry_id, kind, call_id, started_at, recorded_at, tenant,"
                    + " user_id, feature, provider, model, response_model, version_set, operation, outcome, service_tier, region,"
                    + " usage, input_tokens, output_tokens, state, amount, currency, provider_reported, components, reason,"
                    + " price_book_version) VALUES (" + String.join(", ", Collections.nCopies(26, "?")) + ")";
    private static final String USAGE = "{\"origin\":\"REPORTED\",\"input_tokens\":812,\"output_tokens\":333}";
    private static final String COMPONENTS = "[{\"bucket\":\"input_tokens\",\"quantity\":\"812\",\"price\":\"2.5\","
            + "\"per\":\"1000000\",\"amount\":\"0.0020300\",\"price_id\":\"openai/gpt-4o/2024-08-06\"},"
            + "{\"bucket\":\"output_tokens\",\"quantity\":\"333\",\"price\":\"10\",\"per\":\"1000000\","
            + "\"amount\":\"0.003330\",\"price_id\":\"openai/gpt-4o/2024-08-06\"}]";

    private final List<LedgerEntry> entries = new ArrayList<>();
    private PostgresServer postgres;
    private TemporaryFolder folder;
    private Ledger ledger;
    private Connection connection;

    /** Starts the server and opens the ledger, which makes the table. */
    @Setup
    public void start() throws Exception {
        postgres = PostgresServer.startWithDefaults();
        folder = TemporaryFolder.create("ledger");
        ledger = Ledger.at(folder.path())
                .jdbc(postgres.url("postgres"), null, null)
                .open();
        connection = DriverManager.getConnection(postgres.url("postgres"));
        connection.setAutoCommit(false);
        Instant start = Instant.parse("2026-11-20T10:15:30Z");
        TokenUsage usage = TokenUsage.inclusive(812, 333);
        Cost cost = PriceBook.bundled().price("openai", "gpt-4o", usage, PricingContext.at(start));
        for (int row = 0; row < ROWS; row++) {
            entries.add(LedgerEntry.builder(id(row), start.plusMillis(row), "openai", "gpt-4o")
                    .tenant("tenant-" + row % 50)
                    .user("user-" + row % 5_000)
                    .feature("support")
                    .responseModel("gpt-4o-2024-08-06")
                    .versionSet("0123456789ab")
                    .usage(usage)
                    .cost(cost)
                    .build());
        }
        appendAll();
    }

    private static String id(int row) {
        return String.format("019aa0b4-7000-7000-8000-%012d", row);
    }

    /** Empties the table. */
    @Setup(Level.Invocation)
    public void empty() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE llm_ledger");
        }
        connection.commit();
    }

    /** Stops everything. */
    @TearDown
    public void stop() throws Exception {
        ledger.close();
        connection.close();
        postgres.close();
        folder.close();
    }

    /** The ledger: journal with fsync, then the database. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void throughTheLedger() throws InterruptedException {
        appendAll();
    }

    private void appendAll() throws InterruptedException {
        Deque<CompletableFuture<Receipt>> underWay = new ArrayDeque<>();
        for (LedgerEntry entry : entries) {
            underWay.add(ledger.append(entry));
            if (underWay.size() == UNDER_WAY) {
                underWay.remove().join();
            }
        }
        if (!ledger.flush(Duration.ofMinutes(2)) || ledger.stats().dropped() > 0) {
            throw new IllegalStateException("the ledger did not take all rows: " + ledger.stats());
        }
    }

    /** The code that a user would write: batches of inserts, a commit for each. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void bareBatchedInserts() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int row = 0; row < ROWS; row++) {
                bind(insert, entries.get(row));
                insert.addBatch();
                if ((row + 1) % BATCH == 0) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private static void bind(PreparedStatement insert, LedgerEntry entry) throws SQLException {
        insert.setString(1, entry.entryId());
        insert.setString(2, "CALL");
        insert.setString(3, entry.callId());
        insert.setObject(4, entry.startedAt().atOffset(ZoneOffset.UTC));
        insert.setObject(5, entry.recordedAt().atOffset(ZoneOffset.UTC));
        insert.setString(6, entry.tenant());
        insert.setString(7, entry.user());
        insert.setString(8, entry.feature());
        insert.setString(9, entry.provider());
        insert.setString(10, entry.model());
        insert.setString(11, entry.responseModel());
        insert.setString(12, entry.versionSet());
        insert.setString(13, entry.operation());
        insert.setString(14, entry.outcome());
        insert.setString(15, entry.serviceTier());
        insert.setString(16, entry.region());
        insert.setString(17, USAGE);
        insert.setLong(18, 812);
        insert.setLong(19, 333);
        insert.setString(20, "EXACT");
        insert.setBigDecimal(21, entry.cost().amountOrNull());
        insert.setString(22, entry.cost().currency());
        insert.setBigDecimal(23, entry.cost().providerReportedOrNull());
        insert.setString(24, COMPONENTS);
        insert.setString(25, entry.cost().reason());
        insert.setString(26, entry.cost().priceBookVersion());
    }
}
