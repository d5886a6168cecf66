package dev.llmops.cost.ledger.internal.journal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The signal for the ledger's threads to end. They are never interrupted: that would close the files under them, the embedded
 * database's included.
 */
public final class Shutdown {

    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean overdue;

    public void begin() {
        begun.countDown();
    }

    /** Patience has run out: what is not done now is left for the next start. */
    public void overdue() {
        overdue = true;
    }

    boolean isOverdue() {
        return overdue;
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /** Pauses before something is tried again; says whether it should be, which it should not during a shutdown. */
    boolean pause(Duration time) {
        try {
            return !begun.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
