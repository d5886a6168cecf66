package dev.llmops.cost.ledger.internal.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Days of the ledger as partitions of its table on PostgreSQL. A day's partition is made before its first entry is inserted, and
 * goes as a whole when it is too old.
 *
 * <p>See docs/decisions/ledger.md#days-are-partitions-and-go-as-a-whole.
 */
public final class DayPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(DayPartitions.class);
    private static final String TABLE = "llm_ledger";
    private static final String PREFIX = TABLE + "_p";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** A change of partitions gives up rather than have every insert wait behind it. */
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '3s'";

    private final int keepDays;
    private final InstantSource clock;
    private final Set<LocalDate> known = new HashSet<>();
    private @Nullable LocalDate cleaned;

    /**
     * Describes the partitions.
     *
     * @param keepDays how many whole days before today are kept; 0 for all
     * @param clock says which day is today
     */
    public DayPartitions(int keepDays, InstantSource clock) {
        this.keepDays = keepDays;
        this.clock = clock;
    }

    /** Makes the table with the columns of its first version, unless it is there; a table without partitions is refused. */
    void createTable(Statement statement, String firstVersion) throws SQLException {
        try (ResultSet kind =
                statement.executeQuery("SELECT relkind FROM pg_class WHERE oid = to_regclass('" + TABLE + "')")) {
            if (kind.next()) {
                if (!kind.getString(1).equals("p")) {
                    throw new SQLException(
                            "the table " + TABLE + " has no partitions — a table that partitionByDay() made"
                                    + " — leave it out, or move the rows as docs/ledger.md#partitions says");
                }
                return;
            }
        }
        // A key must have the column by which the table is divided.
        statement.execute(firstVersion
                .replace("entry_id VARCHAR PRIMARY KEY", "entry_id VARCHAR NOT NULL")
                .replace(
                        "price_book_version VARCHAR\n)",
                        "price_book_version VARCHAR,\n  PRIMARY KEY (entry_id, started_at)\n)"
                                + " PARTITION BY RANGE (started_at)"));
    }

    /** Makes the partitions of entries that are about to be inserted, and drops those that are too old; commits. */
    void prepare(Connection connection, Collection<Instant> times) throws SQLException {
        Set<LocalDate> days = new TreeSet<>();
        times.forEach(time -> days.add(LocalDate.ofInstant(time, ZoneOffset.UTC)));
        days.removeAll(known);
        if (!days.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK_TIMEOUT);
                Dialect.POSTGRESQL.lockSchema(statement);
                for (LocalDate day : days) {
                    create(statement, day);
                }
            }
            connection.commit();
            known.addAll(days);
        }
        dropOld(connection);
    }

    /** A partition that is attached does not hold up inserts into others, as one that is created in place does. */
    private static void create(Statement statement, LocalDate day) throws SQLException {
        String name = PREFIX + DAY.format(day);
        if (exists(statement, name)) {
            return;
        }
        statement.execute("CREATE TABLE " + name + " (LIKE " + TABLE + " INCLUDING DEFAULTS)");
        statement.execute("ALTER TABLE " + TABLE + " ATTACH PARTITION " + name + " FOR VALUES FROM ('" + day
                + " 00:00:00+00') TO ('" + day.plusDays(1) + " 00:00:00+00')");
    }

    private static boolean exists(Statement statement, String name) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT to_regclass('" + name + "') IS NOT NULL")) {
            return found.next() && found.getBoolean(1);
        }
    }

    /** Once a day; a partition that is in use is dropped with the next entries. */
    private void dropOld(Connection connection) throws SQLException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (keepDays == 0 || today.equals(cleaned)) {
            return;
        }
        LocalDate oldest = today.minusDays(keepDays);
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK_TIMEOUT);
            Dialect.POSTGRESQL.lockSchema(statement);
            for (String name : partitions(statement)) {
                LocalDate day = LocalDate.parse(name.substring(PREFIX.length()), DAY);
                if (day.isBefore(oldest)) {
                    statement.execute("DROP TABLE " + name);
                    known.remove(day);
                    LOG.info("the ledger's entries of {} are dropped, they are older than {} days", day, keepDays);
                }
            }
            connection.commit();
            cleaned = today;
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback();
            LOG.warn("old entries of the ledger are not dropped yet: someone reads them");
        }
    }

    private static List<String> partitions(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                        + " WHERE i.inhparent = to_regclass('" + TABLE + "') AND c.relname ~ '^" + PREFIX
                        + "[0-9]{8}$'")) {
            while (rows.next()) {
                names.add(Objects.requireNonNull(rows.getString(1)));
            }
        }
        return names;
    }

    /** Looks at the database again, which may have gone back to an earlier state. */
    void forget() {
        known.clear();
    }
}
