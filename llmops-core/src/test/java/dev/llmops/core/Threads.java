package dev.llmops.core;

import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lets threads run into each other. */
public final class Threads {

    /** What one of the racing threads does; it is given its number. */
    public interface Racer {
        void run(int thread) throws Exception;
    }

    private Threads() {}

    /** Runs a piece of code on several threads that set off together. Rethrows what the first of them threw, and interrupts the others. */
    public static void race(int threads, Racer racer) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CompletionService<Void> runs = new ExecutorCompletionService<>(executor);
            for (int i = 0; i < threads; i++) {
                int thread = i;
                runs.submit(() -> {
                    start.await();
                    racer.run(thread);
                    return null;
                });
            }
            for (int i = 0; i < threads; i++) {
                runs.take().get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
