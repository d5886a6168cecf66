package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionedLedgerIT {

    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Nested
    class Booking extends BookingContract {
        Booking() {
            super(new Partitioned());
        }
    }

    @Nested
    class Correcting extends ReRatingContract {
        Correcting() {
            super(new Partitioned());
        }
    }

    @Nested
    class Reporting extends ReportingContract {
        Reporting() {
            super(new Partitioned());
        }
    }

    @Nested
    class Days {

        private static final Duration PATIENCE = Duration.ofSeconds(60);

        @TempDir
        Path directory;

        private final PostgresTables tables = new PostgresTables(postgres);
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));

        @BeforeEach
        void create() throws Exception {
            tables.createFor(directory);
        }

        private Ledger open(int keepDays) throws Exception {
            return tables.ledgerIn(directory)
                    .partitionByDay()
                    .keepDays(keepDays)
                    .clock(now::get)
                    .open();
        }

        private void book(Ledger ledger, String callId, String startedAt) throws Exception {
            ledger.append(LedgerEntry.builder(callId, Instant.parse(startedAt), "openai", "gpt-4o")
                            .versionSet("v")
                            .cost(Entries.cost("1"))
                            .build())
                    .get();
            assertThat(ledger.flush(PATIENCE)).isTrue();
        }

        private List<String> rows() throws SQLException {
            return ask("SELECT tableoid::regclass || ' ' || call_id FROM llm_ledger ORDER BY 1");
        }

        private List<String> partitions() throws SQLException {
            return ask(
                    "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'llm_ledger'::regclass ORDER BY 1");
        }

        private List<String> ask(String sql) throws SQLException {
            List<String> answers = new ArrayList<>();
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    answers.add(rows.getString(1));
                }
            }
            return answers;
        }

        @Test
        void an_entry_is_in_the_partition_of_the_day_on_which_its_call_began() throws Exception {
            try (Ledger ledger = open(30)) {
                book(ledger, "last", "2026-11-19T23:59:59.999999Z");
                book(ledger, "first", "2026-11-20T00:00:00Z");

                assertThat(rows()).containsExactly("llm_ledger_p20261119 last", "llm_ledger_p20261120 first");
            }
        }

        @Test
        void the_same_entry_twice_counts_once() throws Exception {
            try (Ledger ledger = open(30)) {
                book(ledger, "c1", "2026-11-20T01:00:00Z");
                book(ledger, "c1", "2026-11-20T01:00:00Z");

                assertThat(rows()).hasSize(1);
            }
        }

        @Test
        void indexes_and_later_columns_are_in_every_partition() throws Exception {
            try (Ledger ledger = open(30)) {
                book(ledger, "c1", "2026-11-20T01:00:00Z");

                assertThat(ask("SELECT COUNT(*)::text FROM pg_indexes WHERE tablename = 'llm_ledger_p20261120'"))
                        .containsExactly("3");
                assertThat(ask("SELECT COUNT(trace_id)::text FROM llm_ledger_p20261120"))
                        .containsExactly("0");
            }
        }

        @Test
        void a_day_that_is_too_old_goes_as_a_whole_when_the_next_day_begins() throws Exception {
            try (Ledger ledger = open(2)) {
                book(ledger, "d17", "2026-11-17T12:00:00Z");
                book(ledger, "d18", "2026-11-18T12:00:00Z");
                book(ledger, "d20", "2026-11-20T09:00:00Z");
                assertThat(partitions())
                        .containsExactly("llm_ledger_p20261117", "llm_ledger_p20261118", "llm_ledger_p20261120");

                now.set(Instant.parse("2026-11-21T00:00:01Z"));
                book(ledger, "d21", "2026-11-21T00:00:00Z");

                assertThat(rows()).containsExactly("llm_ledger_p20261120 d20", "llm_ledger_p20261121 d21");
            }
        }

        @Test
        void a_partition_that_is_read_is_dropped_later_and_inserts_go_on() throws Exception {
            try (Ledger ledger = open(1);
                    Connection reader = tables.connect();
                    Statement reading = reader.createStatement()) {
                book(ledger, "old", "2026-11-18T12:00:00Z");
                reader.setAutoCommit(false);
                reading.execute("SELECT COUNT(*) FROM llm_ledger_p20261118");

                now.set(Instant.parse("2026-11-21T00:00:01Z"));
                book(ledger, "new", "2026-11-21T00:00:00Z");
                assertThat(partitions()).contains("llm_ledger_p20261118");
                reader.rollback();
                book(ledger, "next", "2026-11-21T00:00:02Z");

                assertThat(partitions()).containsExactly("llm_ledger_p20261121");
            }
        }

        @Test
        void a_partition_that_someone_dropped_is_made_again() throws Exception {
            try (Ledger ledger = open(30)) {
                book(ledger, "c1", "2026-11-20T01:00:00Z");
                try (Connection connection = tables.connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("DROP TABLE llm_ledger_p20261120");
                }
                book(ledger, "c2", "2026-11-20T02:00:00Z");

                assertThat(rows()).containsExactly("llm_ledger_p20261120 c2");
            }
        }

        @Test
        void ledgers_of_a_fleet_make_the_same_day_at_once() throws Exception {
            try (Ledger first = open(30);
                    Ledger second = tables.ledgerIn(directory.resolve("second"))
                            .partitionByDay()
                            .open()) {
                for (int call = 0; call < 200; call++) {
                    first.append(Entries.entry("c" + call, "1"));
                    second.append(Entries.entry("d" + call, "1"));
                }
                assertThat(first.flush(PATIENCE)).isTrue();
                assertThat(second.flush(PATIENCE)).isTrue();

                assertThat(rows()).hasSize(400);
            }
        }

        @Test
        void a_table_without_partitions_is_refused_and_entries_wait() throws Exception {
            try (Ledger plain = tables.ledgerIn(directory.resolve("plain")).open()) {
                book(plain, "c1", "2026-11-20T01:00:00Z");
            }
            try (Ledger ledger = open(30)) {
                ledger.append(Entries.entry("c2", "1")).get();

                await().until(() -> ledger.stats().databaseFailures() > 0);
                assertThat(ledger.stats().drained()).isZero();
                assertThatThrownBy(() -> ledger.totals(Entries.DAY.build()))
                        .isInstanceOf(SQLException.class)
                        .hasMessageStartingWith("the table llm_ledger has no partitions — ");
            }
        }
    }

    private static final class Partitioned implements LedgerTables {

        private final PostgresTables tables = new PostgresTables(postgres);

        @Override
        public void createFor(Path directory) throws SQLException {
            tables.createFor(directory);
        }

        @Override
        public LedgerBuilder ledgerIn(Path directory) {
            return tables.ledgerIn(directory).partitionByDay();
        }

        @Override
        public Connection connect() throws SQLException {
            return tables.connect();
        }
    }
}
