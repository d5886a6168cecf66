package dev.llmops.spring.boot.actuate;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.report.live.BudgetHistory;
import dev.llmops.report.live.DaySpend;
import dev.llmops.report.live.LiveState;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the state of the application, and notes its error budgets over the time of the process. Thread-safe. */
final class LiveStateSource implements AutoCloseable {

    private final String service;
    private final Clock clock;
    private final @Nullable BudgetHistory budgets;
    private final @Nullable DaySpend spend;
    private final RecentCallEntries calls;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "llmops-page");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param budgets null where no objective is set
     * @param spend null where there is no ledger
     */
    LiveStateSource(
            String service,
            Clock clock,
            @Nullable BudgetHistory budgets,
            @Nullable DaySpend spend,
            RecentCallEntries calls,
            Telemetry telemetry) {
        this.service = service;
        this.clock = clock;
        this.budgets = budgets;
        this.spend = spend;
        this.calls = calls;
        if (budgets != null) {
            ScheduledFuture<?> unused = timer.scheduleAtFixedRate(
                    () -> note(budgets, telemetry), 0, BudgetHistory.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** An exception would end the timer without a word. */
    private static void note(BudgetHistory budgets, Telemetry telemetry) {
        try {
            budgets.note();
        } catch (RuntimeException e) {
            telemetry.failure("LiveStateSource", e, "the course of the error budgets has a gap on the page");
        }
    }

    LiveState state() {
        return new LiveState(
                clock.instant(),
                service,
                null,
                budgets == null ? List.of() : budgets.objectives(),
                budgets == null ? List.of() : budgets.eventRules(),
                spend == null ? null : spend.today(),
                calls.calls(),
                null);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
