package dev.llmops.release.internal.records;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Does work on all processors. */
public final class Workers {

    private Workers() {}

    /**
     * Does the same work in as many threads as there are processors, and returns when all are done.
     *
     * @param work the work, which takes its share from a common supply
     * @throws RuntimeException that one of them threw, as it was; a pool would wrap it
     */
    public static void run(Runnable work) {
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(thread -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        failure.compareAndSet(null, e);
                    }
                });
        RuntimeException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }
}
