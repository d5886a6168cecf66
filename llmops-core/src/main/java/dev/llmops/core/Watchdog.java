package dev.llmops.core;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sweeps the live calls from one daemon thread, until it is closed or nobody holds the {@link LlmOps} any more; calls
 * that are then still open are swept a last time by whoever closes.
 */
final class Watchdog implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "llmops-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    private Watchdog() {}

    static Watchdog start(LiveCalls liveCalls, Duration interval) {
        Watchdog watchdog = new Watchdog();
        WeakReference<LiveCalls> watched = new WeakReference<>(liveCalls);
        long nanos = interval.toNanos();
        // The future is of no use: the sweep isolates what it calls, and closing shuts the executor down.
        var unused = watchdog.executor.scheduleWithFixedDelay(
                () -> watchdog.sweep(watched), nanos, nanos, TimeUnit.NANOSECONDS);
        return watchdog;
    }

    private void sweep(WeakReference<LiveCalls> watched) {
        LiveCalls liveCalls = watched.get();
        if (liveCalls == null) {
            close();
        } else {
            liveCalls.sweep();
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
