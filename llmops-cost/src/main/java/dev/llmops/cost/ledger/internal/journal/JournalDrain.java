package dev.llmops.cost.ledger.internal.journal;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.internal.jdbc.LedgerDatabase;
import dev.llmops.cost.ledger.internal.journal.Journal.Extent;
import dev.llmops.cost.ledger.internal.journal.Journal.Segment;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import dev.llmops.cost.ledger.internal.store.RejectedEntries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the journal into the database, batch by batch, in order. A file is given up when all of it is committed and on
 * the disk there, over one connection: once the connection had to be opened again, the files that are still there are
 * carried from their start, and what the database has already is skipped by its id. While the database is away it waits,
 * and the journal grows.
 *
 * <p>See docs/decisions/ledger.md#a-new-connection-puts-in-doubt-what-the-old-one-committed.
 */
public final class JournalDrain implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalDrain.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int BATCH_ROWS = 1000;

    private final Journal journal;
    private final LedgerDatabase database;
    private final RejectedEntries rejected;
    private final LedgerCounts counts;
    private final Shutdown shutdown;
    private final Progress progress;
    private volatile boolean failing;
    private long opening;
    /** The entries of the present file that were carried since it was last begun. */
    private int carried;

    private @Nullable Segment segment;
    private @Nullable SegmentReader reader;

    public JournalDrain(
            Journal journal,
            LedgerDatabase database,
            RejectedEntries rejected,
            LedgerCounts counts,
            Shutdown shutdown,
            Progress progress) {
        this.journal = journal;
        this.database = database;
        this.rejected = rejected;
        this.counts = counts;
        this.shutdown = shutdown;
        this.progress = progress;
    }

    /** Returns true while the database does not take entries. */
    public boolean isFailing() {
        return failing;
    }

    @Override
    public void run() {
        try {
            while (!shutdown.isOverdue() && step()) {
                // until the journal is sealed and empty, or the database is away during a shutdown
            }
        } catch (IOException e) {
            LOG.error("the ledger's journal cannot be read; it is kept and read again at the next start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeReader();
            database.close();
        }
    }

    private boolean step() throws IOException, InterruptedException {
        SegmentReader open = reader;
        Segment oldest = journal.awaitOldest(segment, open == null ? 0 : open.offset());
        if (oldest == null) {
            return false;
        }
        if (open == null || oldest != segment) {
            closeReader();
            open = new SegmentReader(oldest.file);
            reader = open;
            segment = oldest;
        }
        Extent extent = journal.extent(oldest);
        List<LedgerEntry> batch = new ArrayList<>(BATCH_ROWS);
        read(open, extent, batch);
        if (!batch.isEmpty() && !untilDone(() -> insert(batch))) {
            return false;
        }
        if (isInDoubt()) {
            beginAgain();
            return true;
        }
        carried(batch.size());
        boolean finished = extent.ended() && open.offset() == extent.length();
        return !finished || finish(oldest, open);
    }

    private void carried(int entries) {
        carried += entries;
        progress.add(entries);
    }

    /** Returns true if something was carried before the connection that carries now was opened. */
    private boolean isInDoubt() {
        boolean reopened = database.openings() != opening;
        opening = database.openings();
        return reopened && (carried > 0 || journal.hasCarried());
    }

    /** Carries again from the start of the oldest file; those who wait until it is in the database wait on. */
    private void beginAgain() {
        closeReader();
        segment = null;
        progress.add(-carried - journal.reopenCarried());
        carried = 0;
        counts.recarried.increment();
        LOG.info("the ledger's database was opened again; what it may have lost is carried from the journal once more");
    }

    private void read(SegmentReader from, Extent extent, List<LedgerEntry> batch) throws IOException {
        byte[] payload;
        while (batch.size() < BATCH_ROWS && (payload = from.next(extent.length())) != null) {
            decode(payload, batch);
        }
    }

    /** A file that a newer version of this library has written may be unreadable to this one. */
    private void decode(byte[] payload, List<LedgerEntry> batch) throws IOException {
        try {
            batch.add(EntryJson.read(payload));
        } catch (RuntimeException e) {
            if (rejected.keep(payload, e)) {
                counts.rejected.increment();
            }
            carried(1);
        }
    }

    private void insert(List<LedgerEntry> batch) throws SQLException {
        try {
            database.insert(batch);
        } catch (SQLException e) {
            if (!RejectedEntries.isForItsContent(e)) {
                throw e;
            }
            insertOneByOne(batch);
        }
        counts.drained.add(batch.size());
    }

    /** So that one entry that the database refuses does not hold up the rest. */
    private void insertOneByOne(List<LedgerEntry> batch) throws SQLException {
        for (LedgerEntry entry : batch) {
            try {
                database.insert(List.of(entry));
            } catch (SQLException e) {
                if (!RejectedEntries.isForItsContent(e)) {
                    throw e;
                }
                if (keep(entry, e)) {
                    counts.rejected.increment();
                }
                counts.drained.decrement();
            }
        }
    }

    private boolean keep(LedgerEntry entry, SQLException reason) throws SQLException {
        try {
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            EntryJson.write(entry, json);
            return rejected.keep(json.toByteArray(), reason);
        } catch (IOException e) {
            throw new SQLException("entry " + entry.entryId() + " was refused and cannot be kept", e);
        }
    }

    private boolean finish(Segment done, SegmentReader read) throws IOException {
        if (!untilDone(database::checkpoint)) {
            return false;
        }
        if (isInDoubt()) {
            beginAgain();
            return true;
        }
        closeReader();
        if (read.damagedPlaces() > 0) {
            counts.damagedFiles.increment();
            counts.damagedPlaces.add(read.damagedPlaces());
            counts.damagedBytes.add(read.damagedBytes());
            LOG.error(
                    "the ledger's journal was damaged: {} bytes were skipped, in {} stretches; all else is in the database,"
                            + " and the file is kept as {}",
                    read.damagedBytes(),
                    read.damagedPlaces(),
                    journal.setAside(done));
        } else {
            journal.carried(done, carried);
        }
        segment = null;
        carried = 0;
        return true;
    }

    /** Tries until it works; false when the ledger is closed meanwhile. */
    private boolean untilDone(DatabaseWork work) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                work.run();
                failing = false;
                return true;
            } catch (SQLException e) {
                counts.databaseFailures.increment();
                if (!failing) {
                    LOG.warn(
                            "the ledger's database does not take entries; they wait in the journal: {}",
                            RejectedEntries.kind(e));
                }
                failing = true;
            }
            if (!shutdown.pause(pause)) {
                return false;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void closeReader() {
        try {
            if (reader != null) {
                reader.close();
            }
            reader = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface DatabaseWork {

        void run() throws SQLException;
    }
}
