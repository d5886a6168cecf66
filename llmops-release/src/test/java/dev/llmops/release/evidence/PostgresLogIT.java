package dev.llmops.release.evidence;

import static dev.llmops.release.Policies.FIVE_TESTS;
import static dev.llmops.release.Policies.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.cost.testing.PostgresServer;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.JsonLinesFile;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.VersionSwitch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the call log in a table of a real PostgreSQL, read by its JSON operators. */
class PostgresLogIT {

    @TempDir
    Path folder;

    private final FakeTicker ticker = new FakeTicker();

    private GateEvidence live(Path log) {
        CallLog callLog = CallLog.builder().sink(JsonLinesFile.at(log)).build();
        GateRecorder recorder = new GateRecorder("r1", FIVE_TESTS, PROFILE, ticker.clock(), 10_000);
        try (VersionSwitch release = Releases.started(
                        "r1", FIVE_TESTS.exposure(FIVE_TESTS.stages().get(2)));
                Traffic calls = new Traffic(release, ticker, callLog, recorder)) {
            for (int i = 0; i < 600; i++) {
                calls.call("request-" + i);
            }
            ticker.advance(Duration.ofHours(2));
            return recorder.evidence();
        } finally {
            callLog.close();
        }
    }

    private static void load(Connection database, List<String> lines) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE llm_log (entry jsonb NOT NULL)");
        }
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO llm_log VALUES (?::jsonb)")) {
            for (String line : lines) {
                insert.setString(1, line);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private GateEvidence read(Connection database) throws SQLException {
        return SqlEvidence.readLog("r1", FIVE_TESTS, PROFILE, ticker.clock().instant(), database, "llm_log", "entry");
    }

    @Test
    void a_table_of_log_lines_gives_the_evidence_of_the_live_calls_to_the_bit() throws Exception {
        Path log = folder.resolve("calls.jsonl");
        GateEvidence live = live(log);
        try (PostgresServer postgres = PostgresServer.start();
                Connection database = postgres.connect("postgres")) {
            load(database, Files.readAllLines(log));
            assertThat(read(database)).isEqualTo(live);
        }
    }

    @Test
    void a_sampled_table_is_refused() throws Exception {
        String sampled = "{\"schema\":\"llmops.call/1\",\"call_id\":\"c1\",\"timestamp\":\"2026-01-05T12:00:00Z\","
                + "\"status\":\"success\",\"sample_rate\":0.1,\"attributes\":{\"release.change\":\"r1\","
                + "\"release.arm\":\"candidate\",\"release.stage\":\"50%\",\"release.unit\":\"u\"}}";
        try (PostgresServer postgres = PostgresServer.start();
                Connection database = postgres.connect("postgres")) {
            load(database, List.of(sampled));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read(database))
                    .withMessageStartingWith("calls of the release were sampled (sample_rate 0.1) — ");
        }
    }

    @Test
    void a_name_with_a_quote_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogQueries("llm_log; DROP TABLE x", "entry"))
                .withMessageStartingWith("the name of the table is no plain identifier ('llm_log; DROP TABLE x') — ");
    }
}
