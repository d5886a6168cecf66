package dev.llmops.samples.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all bodies that wait to be read or sent, so that no number of clients exhausts the heap. Thread-safe. */
public final class MemoryBudget {

    /** Bodies of this length need no budget, so that large ones do not crowd them out. */
    static final int FREE_BYTES = 16 << 10;

    private static final int PART_OF_HEAP = 6;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** Creates a budget of a number of bytes. */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Returns a budget of a sixth of the heap. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** Takes bytes; false if there are not as many. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Returns the bytes that are taken. */
    public long used() {
        return used.get();
    }
}
