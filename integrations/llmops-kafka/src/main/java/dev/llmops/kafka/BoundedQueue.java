package dev.llmops.kafka;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A queue whose writers never wait and whose one reader learns of the end. Locks are held for the time of one step. */
final class BoundedQueue<T> {

    private final int capacity;
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    BoundedQueue(int capacity) {
        this.capacity = capacity;
    }

    /** The fate of an item. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    Offer offer(T item) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (items.size() >= capacity) {
                return Offer.FULL;
            }
            items.add(item);
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an item; null once the queue is closed and empty. */
    @Nullable
    T take() {
        lock.lock();
        try {
            while (items.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return items.poll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
