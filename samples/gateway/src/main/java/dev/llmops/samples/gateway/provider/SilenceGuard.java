package dev.llmops.samples.gateway.provider;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Calls an alarm after too long a silence. Each sign of life costs one clock read; the timer is only
 * set again when it is due. Confined to one event loop.
 */
final class SilenceGuard {

    private final Vertx vertx;
    private final long maxSilenceMillis;
    private final Runnable alarm;
    private long lastHeardNanos = System.nanoTime();
    private boolean deaf;
    private long timer;

    SilenceGuard(Vertx vertx, Duration maxSilence, Runnable alarm) {
        this.vertx = vertx;
        this.maxSilenceMillis = maxSilence.toMillis();
        this.alarm = alarm;
        wake(maxSilenceMillis);
    }

    void heard() {
        lastHeardNanos = System.nanoTime();
    }

    /** Suspends the guard while the client does not read, since silence means nothing then. */
    void setDeaf(boolean deaf) {
        this.deaf = deaf;
        heard();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void wake(long millis) {
        timer = vertx.setTimer(millis, due -> {
            long left = deaf ? maxSilenceMillis : maxSilenceMillis - (System.nanoTime() - lastHeardNanos) / 1_000_000;
            if (left > 0) {
                wake(left);
            } else {
                alarm.run();
            }
        });
    }
}
