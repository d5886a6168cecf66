package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresLedgerIT extends LedgerContract {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static PostgresServer postgres;

    private String database;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Override
    void createDatabase() throws SQLException {
        database = "ledger" + DATABASES.incrementAndGet();
        postgres.create(database);
    }

    @Override
    Ledger.Builder ledgerIn(Path directory) {
        return Ledger.at(directory).jdbc(postgres.url(database), null, null);
    }

    @Override
    Connection connect() throws SQLException {
        return postgres.connect(database);
    }

    @Test
    void ledgers_of_a_fleet_start_and_write_at_once() throws Exception {
        try (Ledger second = ledgerIn(directory.resolve("second")).open();
                Ledger third = ledgerIn(directory.resolve("third")).open()) {
            for (int call = 0; call < 500; call++) {
                ledger.append(Entries.entry("c" + call, "1"));
                second.append(Entries.entry("c" + call, "1"));
                third.append(Entries.entry("d" + call, "1"));
            }
            assertThat(second.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(third.flush(Duration.ofSeconds(60))).isTrue();
            flush();
        }
        assertThat(total().calls()).isEqualTo(1000);
    }

    @Test
    void entries_wait_in_the_journal_while_the_server_is_away_and_arrive_when_it_is_back() throws Exception {
        ledger.append(Entries.entry("before", "1")).get();
        flush();
        postgres.stop();
        try {
            for (int call = 0; call < 200; call++) {
                assertThat(ledger.append(Entries.entry("c" + call, "1")).get()).isEqualTo(Receipt.ACKNOWLEDGED);
            }
            await().until(() -> ledger.stats().databaseFailures() > 0);
            assertThat(ledger.stats().drained()).isEqualTo(1);
        } finally {
            postgres.resume();
        }
        flush();
        assertThat(total().calls()).isEqualTo(201);
        assertThat(ledger.stats().dropped()).isZero();
    }
}
