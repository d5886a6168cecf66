package dev.llmops.release.store;

import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.SwitchStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Keeps switches in two tables of any database with JDBC: {@code llmops_release} with one row per release, and
 * {@code llmops_release_event} with one row per change. A change updates the row where the revision is still the one it
 * follows, and inserts its event in the same transaction. Thread-safe as far as its data source is.
 *
 * @since 0.1.0
 */
public final class JdbcSwitchStore implements SwitchStore {

    private static final String INTEGRITY_VIOLATION = "23";
    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS llmops_release (change_id VARCHAR(200) PRIMARY KEY,"
                    + " revision BIGINT NOT NULL, state VARCHAR(65000) NOT NULL)",
            "CREATE TABLE IF NOT EXISTS llmops_release_event (change_id VARCHAR(200) NOT NULL,"
                    + " revision BIGINT NOT NULL, event VARCHAR(65000) NOT NULL, PRIMARY KEY (change_id, revision))");

    private final DataSource dataSource;

    private JdbcSwitchStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Uses a database, and creates the tables where they are missing.
     *
     * @param dataSource opens connections; stays the caller's
     * @return the store
     * @throws SwitchStoreException if the tables cannot be created
     */
    public static JdbcSwitchStore on(DataSource dataSource) {
        JdbcSwitchStore store = new JdbcSwitchStore(dataSource);
        store.run("create its tables", connection -> {
            for (String table : TABLES) {
                create(connection, table);
            }
            return true;
        });
        return store;
    }

    /** PostgreSQL fails one of two statements that create a table at once, although each says IF NOT EXISTS. */
    private static void create(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                statement.execute(table);
            } catch (SQLException e) {
                statement.execute(table);
            }
        }
    }

    private static boolean isIntegrityViolation(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith(INTEGRITY_VIOLATION);
    }

    @Override
    public Optional<SwitchState> read(String changeId) {
        return run("read release " + changeId, connection -> {
            List<String> states = texts(connection, "SELECT state FROM llmops_release WHERE change_id = ?", changeId);
            return states.stream().findFirst().map(StateJson::state);
        });
    }

    @Override
    public List<SwitchEvent> events(String changeId) {
        return run(
                "read the events of release " + changeId,
                connection -> texts(
                                connection,
                                "SELECT event FROM llmops_release_event WHERE change_id = ? ORDER BY revision",
                                changeId)
                        .stream()
                        .map(StateJson::event)
                        .toList());
    }

    /**
     * Reads the events of all releases, as a report needs them; needs no right but to read the table of events.
     *
     * @param connection leads to a store's database; stays the caller's
     * @return the events, by release and revision
     * @throws SQLException if the table is missing or cannot be read
     */
    public static List<SwitchEvent> events(Connection connection) throws SQLException {
        return texts(connection, "SELECT event FROM llmops_release_event ORDER BY change_id, revision").stream()
                .map(StateJson::event)
                .toList();
    }

    private static List<String> texts(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        }
    }

    @Override
    public boolean compareAndSet(SwitchState next, SwitchEvent event) {
        return run("change release " + next.changeId(), connection -> {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                boolean won = next.revision() == 1 ? insert(connection, next) : update(connection, next);
                if (won) {
                    insert(connection, event);
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return won;
            } catch (SQLException e) {
                connection.rollback();
                // A key that exists means that another instance came first with the same revision.
                if (isIntegrityViolation(e)) {
                    return false;
                }
                throw e;
            } finally {
                connection.setAutoCommit(before);
            }
        });
    }

    private static boolean insert(Connection connection, SwitchState next) throws SQLException {
        String sql = "INSERT INTO llmops_release (revision, state, change_id) VALUES (?, ?, ?)";
        return execute(connection, sql, next.revision(), StateJson.write(next), next.changeId()) == 1;
    }

    private static boolean update(Connection connection, SwitchState next) throws SQLException {
        String sql = "UPDATE llmops_release SET revision = ?, state = ? WHERE change_id = ? AND revision = ?";
        String state = StateJson.write(next);
        return execute(connection, sql, next.revision(), state, next.changeId(), next.revision() - 1) == 1;
    }

    private static void insert(Connection connection, SwitchEvent event) throws SQLException {
        String sql = "INSERT INTO llmops_release_event (revision, event, change_id) VALUES (?, ?, ?)";
        execute(connection, sql, event.revision(), StateJson.write(event), event.changeId());
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private <T> T run(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new SwitchStoreException("the database could not " + what + ": " + e.getMessage(), e);
        }
    }

    /** Does nothing: the data source is the caller's. */
    @Override
    public void close() {}

    private interface Work<T> {

        T on(Connection connection) throws SQLException;
    }
}
