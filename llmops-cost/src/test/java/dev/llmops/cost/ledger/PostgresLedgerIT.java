package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.internal.jdbc.LedgerDatabase;
import dev.llmops.cost.testing.PostgresServer;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresLedgerIT {

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
            super(new PostgresTables(postgres));
        }
    }

    @Nested
    class Correcting extends ReRatingContract {
        Correcting() {
            super(new PostgresTables(postgres));
        }
    }

    @Nested
    class Reporting extends ReportingContract {
        Reporting() {
            super(new PostgresTables(postgres));
        }
    }

    @Nested
    class Tables extends TablesContract {
        Tables() {
            super(new PostgresTables(postgres));
        }
    }

    @Nested
    class Server extends LedgerContract {
        Server() {
            super(new PostgresTables(postgres));
        }

        @Test
        void ledgers_of_a_fleet_start_and_write_at_once() throws Exception {
            try (Ledger second = tables.ledgerIn(directory.resolve("second")).open();
                    Ledger third = tables.ledgerIn(directory.resolve("third")).open()) {
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
        void only_inserting_gives_up_on_a_silent_server_a_query_may_take_its_time() throws Exception {
            List<Connection> opened = new ArrayList<>();
            List<Integer> timeoutsOfQueries = new ArrayList<>();
            LedgerDatabase database = new LedgerDatabase(() -> {
                opened.add(tables.connect());
                return opened.get(opened.size() - 1);
            });
            try (Connection inserting = insertOne(database, opened)) {
                assertThat(inserting.getNetworkTimeout()).isEqualTo(LedgerDatabase.INSERT_TIMEOUT_MILLIS);

                database.entries(Entries.DAY.build(), entry -> timeoutsOfQueries.add(timeout(opened.get(1))));

                assertThat(timeoutsOfQueries).containsExactly(0);
            }
        }

        @Test
        void a_pool_gets_its_connection_back_as_it_was() throws Exception {
            try (Connection lent = tables.connect()) {
                LedgerDatabase database = new LedgerDatabase(() -> lent(lent));
                database.insert(List.of(Entries.entry("c1", "1")));
                assertThat(lent.getNetworkTimeout()).isEqualTo(LedgerDatabase.INSERT_TIMEOUT_MILLIS);

                database.close();

                assertThat(lent.getNetworkTimeout()).isZero();
            }
        }

        private static Connection insertOne(LedgerDatabase database, List<Connection> opened) throws SQLException {
            database.insert(List.of(Entries.entry("c1", "1")));
            return opened.get(0);
        }

        private static int timeout(Connection connection) {
            try {
                return connection.getNetworkTimeout();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Stays open when its borrower closes it. */
        private static Connection lent(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    PostgresServer.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("close") ? null : method.invoke(connection, arguments));
        }

        @Test
        void entries_wait_in_the_journal_while_the_server_is_away_and_arrive_when_it_is_back() throws Exception {
            ledger.append(Entries.entry("before", "1")).get();
            flush();
            postgres.stop();
            try {
                for (int call = 0; call < 200; call++) {
                    assertThat(ledger.append(Entries.entry("c" + call, "1")).get())
                            .isEqualTo(Receipt.ACKNOWLEDGED);
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

        @Test
        void a_server_that_is_replaced_by_an_older_copy_gets_again_what_it_lost() throws Exception {
            ledger.append(Entries.entry("saved", "1")).get();
            flush();
            postgres.stop();
            postgres.save();
            postgres.resume();
            for (int call = 0; call < 200; call++) {
                ledger.append(Entries.entry("lost" + call, "1"));
            }
            flush();
            postgres.stop();
            postgres.restore();
            postgres.resume();
            ledger.append(Entries.entry("after", "1"));
            flush();
            assertThat(total().calls()).isEqualTo(202);
        }
    }
}
