package dev.llmops.cost.ledger.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The SQL in which the supported databases differ.
 *
 * <p>See docs/decisions/ledger.md#the-embedded-database-is-h2-and-its-commits-are-not-trusted.
 */
enum Dialect {
    POSTGRESQL {
        @Override
        String insert(String table, List<String> columns) {
            return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                    + String.join(", ", Collections.nCopies(columns.size(), "?"))
                    + ") ON CONFLICT DO NOTHING"; // The key is entry_id, with its time where days are partitions.
        }

        /** Held until the transaction ends, so that several processes may start at once. */
        @Override
        void lockSchema(Statement statement) throws SQLException {
            statement.execute("SELECT pg_advisory_xact_lock(7234897234)");
        }

        @Override
        void checkpoint(Statement statement) {
            // A commit is on the disk.
        }
    },
    H2 {
        @Override
        String insert(String table, List<String> columns) {
            List<String> others = columns.subList(1, columns.size());
            return "MERGE INTO " + table + " t USING (VALUES (CAST(? AS VARCHAR))) s(entry_id)"
                    + " ON t.entry_id = s.entry_id WHEN NOT MATCHED THEN INSERT (" + String.join(", ", columns)
                    + ") VALUES (s.entry_id, " + String.join(", ", Collections.nCopies(others.size(), "?")) + ")";
        }

        @Override
        void lockSchema(Statement statement) {
            // It is in this process.
        }

        /** A commit may still be in memory. */
        @Override
        void checkpoint(Statement statement) throws SQLException {
            statement.execute("CHECKPOINT SYNC");
        }
    };

    /**
     * The release of H2 that writes a header which does not lead to the newest part of its file, so that a process that opens it
     * after a crash may find an older state.
     */
    private static final String FORGETFUL_H2 = "2.5.252";

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.name().equals(product.toUpperCase(Locale.ROOT))) {
                return dialect;
            }
        }
        throw new SQLException("the ledger works with PostgreSQL and H2, but the data source is " + product);
    }

    /** Returns the known fault of a release of the database, or null. */
    @Nullable
    String fault(String productVersion) {
        return this == H2 && productVersion.startsWith(FORGETFUL_H2)
                ? "H2 " + FORGETFUL_H2 + " may forget committed entries when the process is killed — use 2.4.240"
                : null;
    }

    /** Inserts a row unless its first column, the key, is there already. */
    abstract String insert(String table, List<String> columns);

    abstract void lockSchema(Statement statement) throws SQLException;

    /** Returns when everything committed is on the disk. */
    abstract void checkpoint(Statement statement) throws SQLException;
}
