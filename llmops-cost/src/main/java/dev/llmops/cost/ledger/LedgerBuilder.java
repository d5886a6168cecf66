package dev.llmops.cost.ledger;

import dev.llmops.cost.ledger.entry.Durability;
import dev.llmops.cost.ledger.internal.jdbc.ConnectionSource;
import dev.llmops.cost.ledger.internal.jdbc.DayPartitions;
import dev.llmops.cost.ledger.internal.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a {@link Ledger}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LedgerBuilder {

    /** The default of {@link #keepJournal} with a database server, in minutes: {@value}. */
    public static final int DEFAULT_KEEP_MINUTES = 10;

    final Path directory;
    private @Nullable ConnectionSource connections;
    Durability durability = Durability.DISK;
    long maxJournalBytes = Ledger.DEFAULT_MAX_JOURNAL_BYTES;
    int queueCapacity = Ledger.DEFAULT_QUEUE_CAPACITY;
    InstantSource clock = InstantSource.system();
    private @Nullable Duration keepJournal;
    private boolean partitionByDay;
    private int keepDays;
    final Set<String> keptAttributes = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    LedgerBuilder(Path directory) {
        this.directory = directory;
    }

    /**
     * Uses a database instead of the embedded one; PostgreSQL from version 12 on, or H2.
     *
     * @param url such as {@code jdbc:postgresql://host/llmops}; its driver must be on the class path
     * @param user who connects, or null
     * @param password the password, or null
     * @return this builder
     */
    public LedgerBuilder jdbc(String url, @Nullable String user, @Nullable String password) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            problems.add("url is " + url.replaceFirst("\\?.*", "?…")
                    + " — one that a JDBC driver on the class path takes — add the driver");
        }
        this.connections = () -> DriverManager.getConnection(url, user, password);
        return this;
    }

    /**
     * Uses a database instead of the embedded one; PostgreSQL from version 12 on, or H2.
     *
     * @param dataSource gives connections; the ledger keeps one of them
     * @return this builder
     */
    public LedgerBuilder dataSource(DataSource dataSource) {
        this.connections = Objects.requireNonNull(dataSource, "dataSource")::getConnection;
        return this;
    }

    /**
     * Sets when an entry is acknowledged; {@link Durability#DISK} by default.
     *
     * @param durability what it must survive
     * @return this builder
     */
    public LedgerBuilder durability(Durability durability) {
        this.durability = Objects.requireNonNull(durability, "durability");
        return this;
    }

    /**
     * Sets how large the journal may grow while the database is away; {@value Ledger#DEFAULT_MAX_JOURNAL_BYTES} by
     * default. An entry takes about 600 bytes.
     *
     * @param bytes at least {@value Ledger#MIN_JOURNAL_BYTES}
     * @return this builder
     */
    public LedgerBuilder maxJournalBytes(long bytes) {
        this.maxJournalBytes = bytes;
        return this;
    }

    /**
     * Sets how long a file of the journal is kept after the database has taken it over, so that a server that fails over to a
     * copy that is behind gets again what that copy does not have. {@value #DEFAULT_KEEP_MINUTES} minutes by default, and
     * zero for the embedded database. It should be longer than the copy may lag behind; kept files count in
     * {@link #maxJournalBytes} and make room when it is reached.
     *
     * @param time zero or more
     * @return this builder
     */
    public LedgerBuilder keepJournal(Duration time) {
        this.keepJournal = Objects.requireNonNull(time, "keepJournal");
        return this;
    }

    Duration keepJournal() {
        if (keepJournal != null) {
            return keepJournal;
        }
        return connections == null ? Duration.ZERO : Duration.ofMinutes(DEFAULT_KEEP_MINUTES);
    }

    /**
     * Sets how many entries may wait for the journal; {@value Ledger#DEFAULT_QUEUE_CAPACITY} by default.
     *
     * @param entries at least 1
     * @return this builder
     */
    public LedgerBuilder queueCapacity(int entries) {
        this.queueCapacity = entries;
        return this;
    }

    /**
     * Sets the clock that says when an entry was recorded; the system's by default.
     *
     * @param clock the clock
     * @return this builder
     */
    public LedgerBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Keeps attributes of calls as tags to group by, such as a team, an environment or the name of an API key, and for
     * {@link Ledger#reRate} to price by; none by default. Service tier and region are always kept. Keep no attribute that
     * has a secret as its value.
     *
     * @param names of attributes with text values; adds to those named before
     * @return this builder
     */
    public LedgerBuilder keepAttributes(String... names) {
        keptAttributes.addAll(List.of(names));
        return this;
    }

    /**
     * Makes each day (UTC) a partition of the table, for databases that grow by millions of entries a day. On PostgreSQL only, and
     * from the start: a table that is there without partitions is refused.
     *
     * @return this builder
     */
    public LedgerBuilder partitionByDay() {
        this.partitionByDay = true;
        return this;
    }

    /**
     * Drops partitions of days that are too old, once a day. By default, everything is kept.
     *
     * @param days how many whole days before today are kept, at least 1
     * @return this builder
     */
    public LedgerBuilder keepDays(int days) {
        if (days < 1) {
            problems.add("keepDays is " + days + " — at least 1");
        }
        this.keepDays = days;
        return this;
    }

    @Nullable
    DayPartitions partitions() {
        return partitionByDay ? new DayPartitions(keepDays, clock) : null;
    }

    /**
     * Opens the ledger. A database that is away is no error: entries wait in the journal.
     *
     * @return the ledger, which goes on where an earlier one in this directory ended
     * @throws IOException if the directory cannot be used, or another ledger uses it
     * @throws IllegalArgumentException if a setting breaks its rule; names every problem
     */
    public Ledger open() throws IOException {
        List<String> all = new ArrayList<>(problems);
        if (maxJournalBytes < Ledger.MIN_JOURNAL_BYTES) {
            all.add("maxJournalBytes is " + maxJournalBytes + " — at least " + Ledger.MIN_JOURNAL_BYTES);
        }
        if (keepJournal().isNegative()) {
            all.add("keepJournal is " + keepJournal() + " — zero or more — pass Duration.ofMinutes(10)");
        }
        if (partitionByDay && connections == null) {
            all.add("partitionByDay is set for the embedded database — PostgreSQL only — pass jdbc(…) or leave it out");
        }
        if (keepDays > 0 && !partitionByDay) {
            all.add("keepDays is " + keepDays
                    + " without partitions — only whole partitions are dropped — add partitionByDay()");
        }
        if (queueCapacity < 1) {
            all.add("queueCapacity is " + queueCapacity + " — at least 1");
        }
        ConnectionSource source = connections == null ? embedded(all) : connections;
        if (!all.isEmpty()) {
            throw new IllegalArgumentException("ledger: " + String.join("; ", all));
        }
        return new Ledger(this, source);
    }

    private ConnectionSource embedded(List<String> all) {
        String url = "jdbc:h2:file:" + directory.resolve("ledger").toAbsolutePath() + ";DB_CLOSE_ON_EXIT=FALSE";
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            all.add("the embedded database is missing — com.h2database:h2 on the class path — add it, or pass jdbc(…)");
        }
        return () -> {
            Connection connection = DriverManager.getConnection(url);
            try {
                PrivateFiles.restrict(directory.resolve("ledger.mv.db"));
                return connection;
            } catch (IOException e) {
                connection.close();
                throw new SQLException("the permissions of the ledger's database cannot be set", e);
            }
        };
    }
}
