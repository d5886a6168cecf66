package dev.llmops.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets threads run into each other. */
final class Threads {

    /** What one of the racing threads does; it is given its number. */
    interface Racer {
        void run(int thread) throws Exception;
    }

    private Threads() {}

    /** Runs a piece of code on several threads that set off together, and rethrows what any of them threw. */
    static void race(int threads, Racer racer) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                runs.add(executor.submit(() -> {
                    start.await();
                    racer.run(thread);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
