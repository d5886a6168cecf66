package dev.llmops.slo.engine;

import java.util.concurrent.atomic.AtomicLong;

/** The newest minute of {@link EventCells}, which writers add to without a lock until it is sealed. */
final class OpenMinute {

    private static final long SEALED = Long.MIN_VALUE / 2;

    final long minute;
    final AtomicLong good = new AtomicLong();
    final AtomicLong bad = new AtomicLong();

    OpenMinute(long minute) {
        this.minute = minute;
    }

    /** Returns false if the cell was sealed, so that the weight has to go elsewhere. */
    static boolean add(AtomicLong cell, long weight) {
        return weight == 0 || cell.getAndAdd(weight) >= 0;
    }

    static long seal(AtomicLong cell) {
        return cell.getAndSet(SEALED);
    }
}
