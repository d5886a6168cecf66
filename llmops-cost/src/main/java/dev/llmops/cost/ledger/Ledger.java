package dev.llmops.cost.ledger;

import dev.llmops.core.LlmListener;
import dev.llmops.cost.budget.SpendHistory;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The book of what every call cost: append-only, exact to the last digit, and safe against crashes.
 *
 * <pre>{@code
 * try (Ledger ledger = Ledger.at(Path.of("data/ledger")).open()) {
 *     LlmOps llmops = LlmOps.builder().enricher(costs).listener(ledger.listener()).build();
 *     ...
 *     List<LedgerTotal> bill = ledger.totals(LedgerQuery.period(from, to).by(TENANT, MODEL).build());
 * }
 * }</pre>
 *
 * <p>An entry goes into a bounded queue, from there into a journal on the local disk, where it is acknowledged, and in
 * batches into a database, where it can be asked for. Appending never blocks and never throws: what finds the queue full
 * is dropped and counted. No acknowledged entry is lost by {@code kill -9}, a full disk, or a database that is away; none
 * is there twice, since the database keeps one row per entry id.
 *
 * <p>While the disk is full, or the journal at its bound because the database has been away for long, the queue fills up
 * and then drops; both mend themselves. A directory belongs to one ledger at a time; many ledgers of a fleet may share a
 * PostgreSQL database.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Ledger implements AutoCloseable {

    /** How many entries may wait for the journal unless said otherwise: {@value}. */
    public static final int DEFAULT_QUEUE_CAPACITY = 16_384;

    /** How large the journal may grow unless said otherwise, in bytes: {@value}. */
    public static final long DEFAULT_MAX_JOURNAL_BYTES = 1L << 30;

    /** The smallest bound of the journal, in bytes: {@value}. */
    public static final long MIN_JOURNAL_BYTES = 1L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final long MAX_SEGMENT_BYTES = 8L << 20;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Set<String> keptAttributes;
    private final Journal journal;
    private final LedgerDatabase database;
    private final LedgerCounts counts = new LedgerCounts();
    private final Shutdown shutdown = new Shutdown();
    private final Progress drained = new Progress();
    private final JournalWriter writer;
    private final Thread writing;
    private final Thread draining;

    private Ledger(Builder builder, ConnectionSource connections) throws IOException {
        this.clock = builder.clock;
        this.keptAttributes = Set.copyOf(builder.keptAttributes);
        long segmentBytes = Math.min(MAX_SEGMENT_BYTES, builder.maxJournalBytes / 8);
        this.journal = Journal.open(
                builder.directory.resolve("journal"), segmentBytes, builder.maxJournalBytes, builder.durability);
        this.database = new LedgerDatabase(connections);
        this.writer = new JournalWriter(journal, builder.queueCapacity, segmentBytes, counts, shutdown);
        RejectedEntries rejected = new RejectedEntries(builder.directory.resolve("rejected.jsonl"));
        this.writing = start("llmops-ledger-journal", writer);
        this.draining = start("llmops-ledger-drain", new Drain(journal, database, rejected, counts, shutdown, drained));
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Starts a ledger in a directory.
     *
     * @param directory holds the journal and, unless another one is given, the embedded database; made if missing. Must
     *     be on a local disk
     * @return a builder with the defaults
     */
    public static Builder at(Path directory) {
        return new Builder(directory);
    }

    /**
     * Books every call that ends, but for those that were rejected and cost nothing.
     *
     * @return a listener for {@link dev.llmops.core.LlmOps.Builder#listener}; register it after what sets the cost
     */
    public LlmListener listener() {
        return new LedgerListener(writer, clock, keptAttributes);
    }

    /**
     * Appends an entry. Returns at once and never throws.
     *
     * @param entry the entry
     * @return completes when the entry is acknowledged or dropped, on a thread of the ledger, which must not be held up:
     *     use the {@code …Async} forms for more than a flag
     */
    public CompletableFuture<Receipt> append(LedgerEntry entry) {
        return writer.append(entry);
    }

    /**
     * Waits until all that was appended so far can be asked for.
     *
     * @param patience how long to wait at most
     * @return whether it can; false while the disk is full or the database away
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public boolean flush(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        return writer.awaitWritten(deadline)
                && drained.await(journal.recoveredFrames() + counts.acknowledged.sum(), deadline);
    }

    /**
     * Sums up.
     *
     * @param query which entries, and by what to split
     * @return one total per key and currency, the largest amount first; none without entries
     * @throws SQLException if the database does not answer
     */
    public List<LedgerTotal> totals(LedgerQuery query) throws SQLException {
        return database.totals(query);
    }

    /**
     * Writes out the entries of a query in the order of their calls.
     *
     * @param query which entries; what it splits by does not matter
     * @param format how
     * @param out where to; flushed, not closed
     * @return what was written and what could not be
     * @throws SQLException if the database does not answer
     * @throws IOException if writing fails
     */
    public ExportReport export(LedgerQuery query, LedgerFormat format, Writer out) throws SQLException, IOException {
        return format.export(database, query, out);
    }

    /**
     * Prices calls anew, and books each difference as an entry of its own. Doing it twice under one id books it once.
     * Run one re-rating of a period at a time, after {@link #flush}.
     *
     * @param query which calls
     * @param rating the new prices, its id and reason
     * @return what changed; the corrections are appended and acknowledged
     * @throws SQLException if the database does not answer
     * @throws IOException if the journal did not take a correction; repeat the re-rating
     */
    public ReRatingReport reRate(LedgerQuery query, ReRating rating) throws SQLException, IOException {
        return rating.run(database, query, this::append, clock);
    }

    /**
     * What the ledger knows of past spend, for {@link dev.llmops.cost.budget.Budgets#seedFrom}.
     *
     * @param currency ISO 4217 code of the spend that counts
     * @return a view of this ledger; {@link #flush} it before it is asked
     */
    public SpendHistory spendHistory(String currency) {
        return new LedgerSpend(database, currency);
    }

    /**
     * What this ledger has done since it was opened.
     *
     * @return a snapshot of the counts
     */
    public LedgerStats stats() {
        return counts.stats(writer.queued(), journal);
    }

    /**
     * Writes what is queued, carries the journal into the database, and lets both go. Waits ten seconds at most; what is
     * not in the database by then is, at the next start.
     */
    @Override
    public void close() {
        shutdown.begin();
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        boolean ended = join(writing, deadline) && join(draining, deadline);
        if (!ended) {
            shutdown.overdue();
            ended = join(draining, System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
        }
        try {
            if (ended) {
                journal.close();
            } else {
                LOG.warn("the ledger still has entries in its journal; they are carried at the next start");
            }
        } catch (IOException e) {
            LOG.warn("the ledger's journal was not closed cleanly", e);
        }
    }

    private static boolean join(Thread thread, long deadlineNanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadlineNanos - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Collects the parts of a {@link Ledger}. Not safe for use by many threads. */
    public static final class Builder {

        private final Path directory;
        private @Nullable ConnectionSource connections;
        private Durability durability = Durability.DISK;
        private long maxJournalBytes = DEFAULT_MAX_JOURNAL_BYTES;
        private int queueCapacity = DEFAULT_QUEUE_CAPACITY;
        private InstantSource clock = InstantSource.system();
        private final Set<String> keptAttributes = new TreeSet<>();
        private final List<String> problems = new ArrayList<>();

        private Builder(Path directory) {
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
        public Builder jdbc(String url, @Nullable String user, @Nullable String password) {
            try {
                DriverManager.getDriver(url);
            } catch (SQLException e) {
                problems.add("url must be one that a JDBC driver on the class path takes, but was "
                        + url.replaceFirst("\\?.*", "?…") + "; add the driver");
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
        public Builder dataSource(DataSource dataSource) {
            this.connections = Objects.requireNonNull(dataSource, "dataSource")::getConnection;
            return this;
        }

        /**
         * Sets when an entry is acknowledged; {@link Durability#DISK} by default.
         *
         * @param durability what it must survive
         * @return this builder
         */
        public Builder durability(Durability durability) {
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
        public Builder maxJournalBytes(long bytes) {
            this.maxJournalBytes = bytes;
            return this;
        }

        /**
         * Sets how many entries may wait for the journal; {@value Ledger#DEFAULT_QUEUE_CAPACITY} by default.
         *
         * @param entries at least 1
         * @return this builder
         */
        public Builder queueCapacity(int entries) {
            this.queueCapacity = entries;
            return this;
        }

        /**
         * Sets the clock that says when an entry was recorded; the system's by default.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Keeps attributes of calls, so that {@link Ledger#reRate} can price by them; none by default. Service tier and
         * region are always kept.
         *
         * @param names of attributes with text values that conditions of your price book name; adds to those named before
         * @return this builder
         */
        public Builder keepAttributes(String... names) {
            keptAttributes.addAll(List.of(names));
            return this;
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
            if (maxJournalBytes < MIN_JOURNAL_BYTES) {
                all.add("maxJournalBytes must be at least " + MIN_JOURNAL_BYTES + ", but was " + maxJournalBytes);
            }
            if (queueCapacity < 1) {
                all.add("queueCapacity must be at least 1, but was " + queueCapacity);
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
                all.add("the embedded database needs com.h2database:h2 on the class path; add it, or give jdbc(…)");
            }
            return () -> DriverManager.getConnection(url);
        }
    }
}
