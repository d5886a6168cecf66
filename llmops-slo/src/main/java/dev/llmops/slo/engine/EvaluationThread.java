package dev.llmops.slo.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs a task at intervals on one daemon thread, so that an engine that is never closed does not keep the process alive. */
final class EvaluationThread {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "llmops-slo");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> schedule;

    EvaluationThread(Duration interval, Runnable task) {
        long millis = interval.toMillis();
        schedule = executor.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        schedule.cancel(false);
        executor.shutdown();
    }
}
