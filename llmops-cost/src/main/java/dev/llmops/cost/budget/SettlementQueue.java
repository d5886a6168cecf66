package dev.llmops.cost.budget;

import dev.llmops.cost.budget.internal.CounterStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries settlements to the store without blocking the caller: many in one request, and no more than
 * {@value #MAX_REQUESTS} requests at a time. What the store does not take is repeated after a pause with jitter, which is
 * harmless since a call is settled once.
 *
 * <p>See docs/decisions/ledger.md#settlements-share-scripts-and-requests.
 */
final class SettlementQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    private static final int MAX_WAITING = 100_000;
    private static final int MAX_REQUESTS = 4;
    private static final int MAX_BATCH = 100;
    private static final long REPEAT_PAUSE_MILLIS = 250;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final CounterStore store;
    private final BudgetCounts counts;
    private final ConcurrentLinkedQueue<CounterStore.Settle> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);
    private final AtomicBoolean pausing = new AtomicBoolean();
    /** Those in the queue and those under way; the queue's own size is not cheap to ask for. */
    private final AtomicInteger unsettled = new AtomicInteger();

    private final ScheduledExecutorService repeats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "llmops-budget-settlements");
        thread.setDaemon(true);
        return thread;
    });

    SettlementQueue(CounterStore store, BudgetCounts counts) {
        this.store = store;
        this.counts = counts;
    }

    void submit(CounterStore.Settle settle) {
        if (unsettled.incrementAndGet() > MAX_WAITING) {
            unsettled.decrementAndGet();
            if (counts.settlementsDropped.sum() == 0) {
                LOG.warn(
                        "{} settlements wait for the budget store — further ones are dropped, so that spend is"
                                + " undercounted until the window ends; the ledger keeps them — bring the store back",
                        MAX_WAITING);
            }
            counts.settlementsDropped.increment();
            return;
        }
        if (store.canFail()) {
            waiting.add(settle);
            send();
        } else {
            var unused = send(List.of(settle));
        }
    }

    /** Sends what waits, as far as requests are free and no pause is on. */
    private void send() {
        while (!waiting.isEmpty() && !pausing.get() && requests.tryAcquire()) {
            List<CounterStore.Settle> batch = batch();
            if (batch.isEmpty()) {
                requests.release();
            } else {
                var unused = send(batch).whenComplete((done, failure) -> {
                    requests.release();
                    if (!waiting.isEmpty()) {
                        send();
                    }
                });
            }
        }
    }

    private List<CounterStore.Settle> batch() {
        List<CounterStore.Settle> batch = new ArrayList<>();
        for (CounterStore.Settle next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
            if (batch.size() == MAX_BATCH) {
                break;
            }
        }
        return batch;
    }

    private CompletionStage<List<CounterStore.Settled>> send(List<CounterStore.Settle> batch) {
        CompletionStage<List<CounterStore.Settled>> answer;
        try {
            answer = store.settle(batch);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        return answer.whenComplete((met, failure) -> {
            if (failure == null) {
                met.forEach(counts::settled);
                unsettled.addAndGet(-batch.size());
            } else {
                counts.storeFailures.increment();
                waiting.addAll(batch);
                pause();
            }
        });
    }

    private void pause() {
        if (pausing.compareAndSet(false, true)) {
            long millis = ThreadLocalRandom.current().nextLong(REPEAT_PAUSE_MILLIS / 2, REPEAT_PAUSE_MILLIS + 1);
            try {
                var unused = repeats.schedule(this::resume, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                // What waits is counted as dropped.
            }
        }
    }

    private void resume() {
        pausing.set(false);
        send();
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
            LOG.warn("{} settlements did not reach the budget store before it was closed and are not counted", lost);
        }
    }
}
