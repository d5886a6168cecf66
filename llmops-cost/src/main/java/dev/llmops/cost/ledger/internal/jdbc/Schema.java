package dev.llmops.cost.ledger.internal.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables to the version of this library: one numbered script per step, each applied once. */
final class Schema {

    static final int VERSION = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private Schema() {}

    static void migrate(Connection connection, Dialect dialect, @Nullable DayPartitions partitions)
            throws SQLException {
        int found = version(connection);
        requireKnown(found);
        if (found == VERSION && partitions == null) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            dialect.lockSchema(statement);
            statement.execute("CREATE TABLE IF NOT EXISTS llm_ledger_schema (version INTEGER PRIMARY KEY,"
                    + " applied_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL)");
            if (partitions != null) {
                partitions.createTable(statement, script(1));
            }
            for (int step = version(statement) + 1; step <= VERSION; step++) {
                statement.execute(script(step));
                statement.execute("INSERT INTO llm_ledger_schema (version) VALUES (" + step + ")");
            }
            connection.commit();
            if (found < VERSION) {
                LOG.info("the ledger's tables are at version {}", VERSION);
            }
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Asks in a way that a user without the right to create tables may, too. */
    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return version(statement);
        } catch (SQLException e) {
            if (connection.isValid(1)) {
                return 0;
            }
            throw e;
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM llm_ledger_schema")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void requireKnown(int found) throws SQLException {
        if (found > VERSION) {
            throw new SQLException("the ledger's tables are at version " + found + ", which is newer than version "
                    + VERSION + " of this library — update llmops-cost");
        }
    }

    /** Each can be applied again, since not every database takes back what a process that was killed had begun. */
    private static String script(int step) {
        String name = "schema-" + step + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
