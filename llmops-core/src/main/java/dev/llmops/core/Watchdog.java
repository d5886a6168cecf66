package dev.llmops.core;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sweeps the live calls from one daemon thread, until it is closed, or nobody holds the {@link LlmOps} any more and its
 * last call has ended.
 */
final class Watchdog implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "llmops-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private final LiveCalls liveCalls;
    private final Telemetry telemetry;

    private Watchdog(LiveCalls liveCalls, Telemetry telemetry) {
        this.liveCalls = liveCalls;
        this.telemetry = telemetry;
    }

    /**
     * Starts to sweep.
     *
     * @param owner what the application holds; it must not be reachable from the live calls
     */
    static Watchdog start(Object owner, CallPipeline pipeline, Duration interval) {
        Watchdog watchdog = new Watchdog(pipeline.liveCalls, pipeline.telemetry);
        WeakReference<Object> owned = new WeakReference<>(owner);
        long nanos = interval.toNanos();
        // The future is of no use: the sweep isolates what it calls, and closing shuts the executor down.
        var unused = watchdog.executor.scheduleWithFixedDelay(
                () -> watchdog.sweep(owned), nanos, nanos, TimeUnit.NANOSECONDS);
        return watchdog;
    }

    private void sweep(WeakReference<Object> owner) {
        try {
            liveCalls.sweep();
        } catch (Throwable e) {
            // A task that throws is not run again.
            telemetry.failure("watchdog", e, "calls that nobody ends are looked for again at the next sweep");
        }
        if (owner.refersTo(null) && liveCalls.size() == 0) {
            executor.shutdown();
        }
    }

    /** Sweeps a last time. */
    @Override
    public void close() {
        executor.shutdown();
        liveCalls.sweep();
    }
}
