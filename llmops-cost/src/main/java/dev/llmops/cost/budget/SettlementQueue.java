package dev.llmops.cost.budget;

import dev.llmops.cost.budget.store.BudgetStore;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries settlements to the store without blocking the caller. What the store does not take is repeated, which is
 * harmless since a call is settled once; so is repeating one that did arrive and whose answer was lost.
 */
final class SettlementQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    private static final int MAX_WAITING = 100_000;
    private static final Duration REPEAT_PAUSE = Duration.ofMillis(250);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final BudgetStore store;
    private final BudgetCounts counts;
    private final ConcurrentLinkedQueue<BudgetStore.Settle> waiting = new ConcurrentLinkedQueue<>();
    /** Those in the queue and those being repeated; the queue's own size is not cheap to ask for. */
    private final AtomicInteger unsettled = new AtomicInteger();

    private final ScheduledExecutorService repeats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "llmops-budget-settlements");
        thread.setDaemon(true);
        return thread;
    });

    SettlementQueue(BudgetStore store, BudgetCounts counts) {
        this.store = store;
        this.counts = counts;
        if (store.canFail()) {
            var unused = repeats.scheduleWithFixedDelay(
                    this::repeat, REPEAT_PAUSE.toMillis(), REPEAT_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void submit(BudgetStore.Settle settle) {
        if (unsettled.incrementAndGet() > MAX_WAITING) {
            unsettled.decrementAndGet();
            if (counts.settlementsDropped.sum() == 0) {
                LOG.warn(
                        "budget store is away and {} settlements wait; further ones are dropped, so that spend is"
                                + " undercounted until the window ends; the ledger keeps them",
                        MAX_WAITING);
            }
            counts.settlementsDropped.increment();
            return;
        }
        attempt(settle);
    }

    private void attempt(BudgetStore.Settle settle) {
        CompletionStage<BudgetStore.Settled> answer;
        try {
            answer = store.settle(settle);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        var unused = answer.whenComplete((met, failure) -> {
            if (failure == null) {
                counts.settled(met);
                unsettled.decrementAndGet();
            } else {
                counts.storeFailures.increment();
                waiting.add(settle);
            }
        });
    }

    private void repeat() {
        int batch = waiting.size();
        for (Iterator<BudgetStore.Settle> next = waiting.iterator(); next.hasNext() && batch > 0; batch--) {
            BudgetStore.Settle settle = next.next();
            next.remove();
            attempt(settle);
        }
    }

    int waiting() {
        return unsettled.get();
    }

    /** Gives the store a last chance, for two seconds at most. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        try {
            while (unsettled.get() > 0 && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        repeats.shutdownNow();
        int lost = unsettled.getAndSet(0);
        counts.settlementsDropped.add(lost);
        if (lost > 0) {
            LOG.warn("{} settlements did not reach the budget store before it was closed", lost);
        }
    }
}
