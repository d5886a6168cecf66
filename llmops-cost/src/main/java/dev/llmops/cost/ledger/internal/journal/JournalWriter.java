package dev.llmops.cost.ledger.internal.journal;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes entries from any thread without blocking it, and writes them from one: what has arrived meanwhile shares one
 * write and one fsync. While the disk or the journal is full the entries in hand are kept and tried again, the queue
 * fills up, and what finds it full is dropped and counted.
 */
public final class JournalWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final int MAX_BATCH = 512;

    private final Journal journal;
    private final BlockingQueue<Pending> queue;
    private final LedgerCounts counts;
    private final Shutdown shutdown;
    private final long batchBytes;
    private final Gathering gathering = new Gathering();
    private final AtomicLong accepted = new AtomicLong();
    private final Progress processed = new Progress();
    /** Of the thread that writes; kept, since a batch may be a single entry. */
    private final Frames frames = new Frames();

    private volatile boolean failing;
    private volatile boolean ended;

    public JournalWriter(Journal journal, int queueCapacity, long batchBytes, LedgerCounts counts, Shutdown shutdown) {
        this.journal = journal;
        this.queue = new ArrayBlockingQueue<>(queueCapacity);
        this.batchBytes = batchBytes;
        this.counts = counts;
        this.shutdown = shutdown;
    }

    public CompletableFuture<Receipt> append(LedgerEntry entry) {
        Pending pending = new Pending(entry, new CompletableFuture<>());
        if (shutdown.hasBegun() || !queue.offer(pending)) {
            drop(pending);
        } else {
            accepted.incrementAndGet();
            if (ended && queue.remove(pending)) {
                drop(pending);
            }
        }
        return pending.receipt();
    }

    private void drop(Pending pending) {
        counts.dropped.increment();
        if (counts.dropped.sum() == 1) {
            LOG.warn(
                    "the ledger dropped entry {}: its queue is full or it is closed; make room on the disk, raise"
                            + " queueCapacity, or close the ledger last. Further drops are only counted",
                    pending.entry().entryId());
        }
        pending.receipt().complete(Receipt.DROPPED);
    }

    /** Waits until all that has been accepted so far is written. */
    public boolean awaitWritten(long deadlineNanos) throws InterruptedException {
        return processed.await(accepted.get(), deadlineNanos);
    }

    /** Returns true while the journal cannot be written. */
    public boolean isFailing() {
        return failing;
    }

    public int queued() {
        return queue.size();
    }

    @Override
    public void run() {
        List<Pending> batch = new ArrayList<>(MAX_BATCH);
        while (take(batch)) {
            write(batch);
            processed.add(batch.size());
            batch.clear();
        }
        ended = true;
        queue.drainTo(batch);
        batch.forEach(this::drop);
        seal();
    }

    /** Returns false if the ledger is closing and the queue is empty. */
    private boolean take(List<Pending> batch) {
        while (true) {
            boolean closing = shutdown.hasBegun();
            try {
                Pending first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MAX_BATCH - 1);
                    gather(batch);
                    return true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (closing) {
                return false;
            }
        }
    }

    private void gather(List<Pending> batch) throws InterruptedException {
        int wanted = Math.min(gathering.wanted(batch.size()), MAX_BATCH);
        if (wanted <= batch.size() || shutdown.hasBegun()) {
            return;
        }
        long end = System.nanoTime() + gathering.patienceNanos();
        for (Pending next = first(end); next != null; next = first(end)) {
            batch.add(next);
            queue.drainTo(batch, MAX_BATCH - batch.size());
            if (batch.size() >= wanted) {
                break;
            }
        }
        gathering.ended(batch.size() >= wanted);
    }

    private @Nullable Pending first(long end) throws InterruptedException {
        return queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void write(List<Pending> batch) {
        frames.reset();
        List<Pending> framed = new ArrayList<>(batch.size());
        for (Pending pending : batch) {
            try {
                frames.add(pending.entry());
                framed.add(pending);
            } catch (RuntimeException e) {
                LOG.warn("entry {} cannot be written: {}", pending.entry().entryId(), e.toString());
                drop(pending);
            }
            if (frames.size() >= batchBytes) {
                writeOut(framed);
                frames.reset();
                framed.clear();
            }
        }
        if (!framed.isEmpty()) {
            writeOut(framed);
        }
    }

    private void writeOut(List<Pending> framed) {
        long start = System.nanoTime();
        while (!tryWrite()) {
            if (!shutdown.pause(RETRY_PAUSE)) {
                framed.forEach(this::drop);
                return;
            }
        }
        gathering.wrote(framed.size(), queue.size(), System.nanoTime() - start);
        counts.acknowledged.add(framed.size());
        framed.forEach(pending -> pending.receipt().complete(Receipt.ACKNOWLEDGED));
    }

    private boolean tryWrite() {
        try {
            journal.write(frames);
            failing = false;
            return true;
        } catch (IOException e) {
            counts.journalFailures.increment();
            if (!failing) {
                LOG.warn("the ledger's journal cannot be written and is tried again: {}", e.toString());
            }
            failing = true;
            return false;
        }
    }

    private void seal() {
        try {
            journal.seal();
        } catch (IOException e) {
            LOG.warn("the ledger's journal was not closed cleanly: {}", e.toString());
        }
    }

    private record Pending(LedgerEntry entry, CompletableFuture<Receipt> receipt) {}
}
