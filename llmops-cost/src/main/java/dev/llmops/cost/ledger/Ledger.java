package dev.llmops.cost.ledger;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.cost.accounting.Commitment;
import dev.llmops.cost.accounting.SpendProjection;
import dev.llmops.cost.accounting.UnitEconomics;
import dev.llmops.cost.budget.SpendHistory;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.LedgerHealth;
import dev.llmops.cost.ledger.entry.LedgerStats;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.export.LedgerFormat;
import dev.llmops.cost.ledger.internal.jdbc.ConnectionSource;
import dev.llmops.cost.ledger.internal.jdbc.LedgerDatabase;
import dev.llmops.cost.ledger.internal.journal.Journal;
import dev.llmops.cost.ledger.internal.journal.JournalDrain;
import dev.llmops.cost.ledger.internal.journal.JournalWriter;
import dev.llmops.cost.ledger.internal.journal.LedgerCounts;
import dev.llmops.cost.ledger.internal.journal.Progress;
import dev.llmops.cost.ledger.internal.journal.Shutdown;
import dev.llmops.cost.ledger.internal.store.PrivateFiles;
import dev.llmops.cost.ledger.internal.store.RejectedEntries;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
 * and then drops; both recover by themselves. A directory belongs to one ledger at a time; many ledgers of a fleet may share a
 * PostgreSQL database.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Ledger implements AutoCloseable {

    /** The default number of entries that may wait for the journal: {@value}. */
    public static final int DEFAULT_QUEUE_CAPACITY = 16_384;

    /** The default bound of the journal, in bytes: {@value}. */
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
    private final JournalDrain drain;
    private final Thread draining;

    Ledger(LedgerBuilder builder, ConnectionSource connections) throws IOException {
        this.clock = builder.clock;
        this.keptAttributes = Set.copyOf(builder.keptAttributes);
        PrivateFiles.createDirectories(builder.directory);
        long segmentBytes = Math.min(MAX_SEGMENT_BYTES, builder.maxJournalBytes / 8);
        this.journal = Journal.open(
                builder.directory.resolve("journal"),
                segmentBytes,
                builder.maxJournalBytes,
                builder.durability,
                builder.keepJournal());
        this.database = new LedgerDatabase(connections, builder.partitions());
        this.writer = new JournalWriter(journal, builder.queueCapacity, segmentBytes, counts, shutdown);
        RejectedEntries rejected = new RejectedEntries(builder.directory.resolve("rejected.jsonl"));
        this.writing = start("llmops-ledger-journal", writer);
        this.drain = new JournalDrain(journal, database, rejected, counts, shutdown, drained);
        this.draining = start("llmops-ledger-drain", drain);
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
    public static LedgerBuilder at(Path directory) {
        return new LedgerBuilder(directory);
    }

    /**
     * Books every call that ends, but for those that were rejected and cost nothing.
     *
     * @return a listener for {@link dev.llmops.core.LlmOpsBuilder#listener}; register it after what sets the cost
     */
    public LlmListener listener() {
        return new LedgerListener(writer, clock, keptAttributes);
    }

    /**
     * Returns the receipt of a call that {@link #listener} has seen end. Wait for it before the answer leaves, and no
     * answered call is missing from the ledger after a crash; calls that end together share one fsync. Without waiting,
     * a crash loses the entries that are queued at that moment, {@link LedgerStats#queued} of them and those of one
     * write.
     *
     * <pre>{@code
     * call.finish("stop");
     * Receipt receipt = ledger.receipt(call.live()).get(1, TimeUnit.SECONDS);
     * }</pre>
     *
     * @param call a call that has ended
     * @return completes when the entry is acknowledged or dropped; {@link Receipt#NOT_BOOKED} where there is none
     */
    public CompletableFuture<Receipt> receipt(LiveCall call) {
        return LedgerListener.receipt(writer, call);
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
     * @return one total per key, attributes, time and currency: in the order of time if the query splits by it, and the
     *     largest amount first; none without entries
     * @throws SQLException if the database does not answer
     */
    public List<LedgerTotal> totals(LedgerQuery query) throws SQLException {
        return database.totals(query);
    }

    /**
     * Returns what a unit of work cost in a past period: a call, an active user, a call that completed. Corrections are
     * included. Distinct users are counted exactly; calls without a user count for none.
     *
     * @param query which calls; what it splits by does not matter
     * @param currency ISO 4217 code of the amounts that count; calls priced in another are among the calls, not in the cost
     * @return the unit costs
     * @throws SQLException if the database does not answer
     */
    public UnitEconomics unitEconomics(LedgerQuery query, String currency) throws SQLException {
        return database.unitEconomics(query, currency);
    }

    /**
     * Returns how much of a commitment is used, and what to expect at the mean rate of its term so far.
     *
     * @param commitment the commitment
     * @param now the present, within the term
     * @return the use so far
     * @throws SQLException if the database does not answer
     * @throws IllegalArgumentException if the term has not begun
     */
    public Commitment.Drawdown drawdown(Commitment commitment, Instant now) throws SQLException {
        Instant until = now.isBefore(commitment.to()) ? now : commitment.to();
        LedgerQuery.Builder query = LedgerQuery.period(commitment.from(), until);
        String provider = commitment.provider();
        if (provider != null) {
            query.where(LedgerDimension.PROVIDER, provider);
        }
        BigDecimal used = totals(query.build()).stream()
                .filter(total -> total.currency().equals(commitment.currency()))
                .map(LedgerTotal::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        Duration soFar = Duration.between(commitment.from(), until);
        return new Commitment.Drawdown(
                commitment,
                used,
                SpendProjection.atRateOf(commitment.amount(), used, used, soFar, until, commitment.to()));
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
    public LedgerFormat.Report export(LedgerQuery query, LedgerFormat format, Writer out)
            throws SQLException, IOException {
        return format.export(database, query, out);
    }

    /**
     * Re-rates calls: books the difference to the new price as a separate entry. Doing it twice under one id books it once.
     * Run one re-rating of a period at a time, after {@link #flush}.
     *
     * @param query which calls
     * @param rating the new prices, its id and reason
     * @return what changed; the corrections are appended and acknowledged
     * @throws SQLException if the database does not answer
     * @throws IOException if the journal did not take a correction; repeat the re-rating
     */
    public ReRating.Report reRate(LedgerQuery query, ReRating rating) throws SQLException, IOException {
        return rating.run(database, query, this::append, clock);
    }

    /**
     * Returns past spend as the ledger knows it, for {@link dev.llmops.cost.budget.Budgets#seedFrom}.
     *
     * @param currency ISO 4217 code of the spend that counts
     * @return a view of this ledger; {@link #flush} it before it is asked
     */
    public SpendHistory spendHistory(String currency) {
        return new LedgerSpend(database, currency);
    }

    /**
     * Returns the counts of this ledger since it was opened.
     *
     * @return a snapshot of the counts
     */
    public LedgerStats stats() {
        return counts.stats(writer.queued(), journal);
    }

    /**
     * Returns what the ledger can do now, for a health check.
     *
     * @return the health, as of the last attempt to write
     */
    public LedgerHealth health() {
        return new LedgerHealth(
                writing.isAlive() && !writer.isFailing(), draining.isAlive() && !drain.isFailing(), stats());
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
}
