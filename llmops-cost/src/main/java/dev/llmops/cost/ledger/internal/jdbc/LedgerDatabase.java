package dev.llmops.cost.ledger.internal.jdbc;

import dev.llmops.cost.accounting.UnitEconomics;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.store.EntryRow;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger's table. One thread inserts over a connection that is kept; each query has a connection of its own. */
public final class LedgerDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerDatabase.class);
    private static final int FETCH_ROWS = 1000;

    /** So that a server that falls silent does not hold up the inserting for ever; a query may take as long as it takes. */
    public static final int INSERT_TIMEOUT_MILLIS = 30_000;

    private final ConnectionSource source;
    private final @Nullable DayPartitions partitions;
    private volatile boolean migrated;
    private @Nullable Connection inserting;
    private int timeoutMillisBefore;
    private long openings;

    public LedgerDatabase(ConnectionSource source) {
        this(source, null);
    }

    /**
     * Creates a database of which nothing is opened yet.
     *
     * @param source opens connections
     * @param partitions the days as partitions, or null for one table
     */
    public LedgerDatabase(ConnectionSource source, @Nullable DayPartitions partitions) {
        this.source = source;
        this.partitions = partitions;
    }

    /** Opens a connection to tables of the right version. */
    private Connection open() throws SQLException {
        Connection connection = source.open();
        try {
            connection.setAutoCommit(true);
            if (!migrated) {
                migrate(connection, Dialect.of(connection));
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private synchronized void migrate(Connection connection, Dialect dialect) throws SQLException {
        if (!migrated) {
            @Nullable String fault = dialect.fault(connection.getMetaData().getDatabaseProductVersion());
            if (fault != null) {
                LOG.warn("the ledger is not safe against crashes: {}", fault);
            }
            if (partitions != null && dialect != Dialect.POSTGRESQL) {
                throw new SQLException("days are partitions on PostgreSQL only, but the data source is " + dialect
                        + " — PostgreSQL — leave partitionByDay() out");
            }
            Schema.migrate(connection, dialect, partitions);
            migrated = true;
        }
    }

    /**
     * Returns how often the connection for inserting was opened. What was committed over an earlier one is in doubt: an
     * embedded database that could not write has forgotten what was in memory, and a server may have failed over to a copy
     * that was behind.
     */
    public long openings() {
        return openings;
    }

    /** Inserts what is new, all or nothing. */
    public void insert(List<LedgerEntry> entries) throws SQLException {
        Connection connection = inserting();
        try {
            if (partitions != null) {
                partitions.prepare(
                        connection, entries.stream().map(LedgerEntry::startedAt).toList());
            }
            insert(connection, entries);
        } catch (SQLException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static void insert(Connection connection, List<LedgerEntry> entries) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(Dialect.of(connection).insert(EntryRow.TABLE, EntryRow.COLUMNS))) {
            for (LedgerEntry entry : entries) {
                EntryRow.bind(insert, entry);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    /** Returns when everything inserted is on the disk. */
    public void checkpoint() throws SQLException {
        Connection connection = inserting();
        try (Statement statement = connection.createStatement()) {
            Dialect.of(connection).checkpoint(statement);
            connection.commit();
        } catch (SQLException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private Connection inserting() throws SQLException {
        Connection connection = inserting;
        if (connection == null) {
            connection = open();
            connection.setAutoCommit(false);
            timeoutMillisBefore = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, INSERT_TIMEOUT_MILLIS);
            inserting = connection;
            openings++;
        }
        return connection;
    }

    /** Keeps the connection for another try if it still works. */
    private void rollback(Connection connection, SQLException cause) {
        if (partitions != null) {
            partitions.forget();
        }
        try {
            connection.rollback();
            if (connection.isValid(1)) {
                return;
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        close();
        // A database that went away may come back as it was before its tables were made.
        migrated = false;
    }

    /** The sums of a query: by time if it splits by time, and the largest first. */
    public List<LedgerTotal> totals(LedgerQuery query) throws SQLException {
        Totals totals = new Totals(query);
        each(totals.sql(), query.parameters(), totals::add);
        return totals.sorted();
    }

    /** The calls of a query in units of one currency, and how many users made them. */
    public UnitEconomics unitEconomics(LedgerQuery query, String currency) throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(currency, currency));
        parameters.addAll(query.parameters());
        List<UnitEconomics> units = new ArrayList<>();
        each(Totals.unitSql(query), parameters, row -> units.add(Totals.units(row, currency)));
        return units.get(0);
    }

    /** The entries of a query in the order of their calls, each call's together in the order in which they were learned. */
    public void entries(LedgerQuery query, EntryVisitor visitor) throws SQLException {
        String sql = "SELECT " + String.join(", ", EntryRow.COLUMNS) + " FROM " + EntryRow.TABLE + " WHERE "
                + query.condition() + " ORDER BY started_at, call_id, recorded_at, kind, entry_id";
        each(sql, query.parameters(), row -> visitor.visit(EntryRow.read(row)));
    }

    private void each(String sql, List<Object> parameters, RowVisitor visitor) throws SQLException {
        try (Connection connection = open()) {
            // PostgreSQL reads in portions only within a transaction.
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCH_ROWS);
                for (int i = 0; i < parameters.size(); i++) {
                    select.setObject(i + 1, parameters.get(i));
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        visitor.visit(rows);
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Override
    public void close() {
        Connection connection = inserting;
        inserting = null;
        if (connection != null) {
            try (connection) {
                // It may be one of a pool, and be lent to a query next.
                connection.setNetworkTimeout(Runnable::run, timeoutMillisBefore);
            } catch (SQLException e) {
                // It is gone either way.
            }
        }
    }

    @FunctionalInterface
    private interface RowVisitor {

        void visit(ResultSet row) throws SQLException;
    }

    /** Takes one entry after the other. */
    @FunctionalInterface
    public interface EntryVisitor {

        void visit(LedgerEntry entry);
    }
}
