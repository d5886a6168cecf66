package dev.llmops.logging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the last entries in memory: for tests, and for the evidence around an incident. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LogRing implements LogSink {

    private final int capacity;
    private final Deque<LogEntry> entries;
    private final ReentrantLock lock = new ReentrantLock();

    private LogRing(int capacity) {
        this.capacity = capacity;
        this.entries = new ArrayDeque<>(capacity);
    }

    /**
     * A ring for so many entries; each takes at most the record limit of its {@link CallLog}.
     *
     * @param entries how many are kept, at least 1
     * @return an empty ring
     * @throws IllegalArgumentException if {@code entries} is less than 1
     */
    public static LogRing of(int entries) {
        if (entries < 1) {
            throw new IllegalArgumentException(
                    "entries is too small (" + entries + ") — at least 1 — pass the number of records to keep");
        }
        return new LogRing(entries);
    }

    @Override
    public void write(LogEntry entry) {
        LogEntry kept = entry.detached();
        lock.lock();
        try {
            if (entries.size() == capacity) {
                entries.removeFirst();
            }
            entries.addLast(kept);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the entries that the ring holds.
     *
     * @return the entries, oldest first
     */
    public List<LogEntry> entries() {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }
}
