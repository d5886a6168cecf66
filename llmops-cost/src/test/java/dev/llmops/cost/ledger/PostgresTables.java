package dev.llmops.cost.ledger;

import dev.llmops.cost.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own for each ledger, on one server. */
final class PostgresTables implements LedgerTables {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final PostgresServer postgres;
    private String database;

    PostgresTables(PostgresServer postgres) {
        this.postgres = postgres;
    }

    @Override
    public void createFor(Path directory) throws SQLException {
        database = "ledger" + DATABASES.incrementAndGet();
        postgres.create(database);
    }

    @Override
    public LedgerBuilder ledgerIn(Path directory) {
        return Ledger.at(directory).jdbc(postgres.url(database), null, null);
    }

    @Override
    public Connection connect() throws SQLException {
        return postgres.connect(database);
    }
}
