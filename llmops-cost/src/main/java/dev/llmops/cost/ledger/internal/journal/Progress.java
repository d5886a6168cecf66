package dev.llmops.cost.ledger.internal.journal;

/** A count that only grows, for those who wait until it has reached something. */
public final class Progress {

    private long count;

    synchronized void add(int more) {
        count += more;
        notifyAll();
    }

    /** Returns false if the time is up first. */
    public synchronized boolean await(long target, long deadlineNanos) throws InterruptedException {
        while (count < target) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return true;
    }
}
