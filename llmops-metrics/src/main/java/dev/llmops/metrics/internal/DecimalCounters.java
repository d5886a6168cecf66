package dev.llmops.metrics.internal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.IdentityHashMap;
import java.util.function.Function;

/**
 * The sums behind function counters, which Micrometer holds only weakly. Where a filter makes one counter of two,
 * Micrometer silently keeps the first, so the second must add to the sum of the first. Thread-safe.
 */
final class DecimalCounters {

    private final IdentityHashMap<FunctionCounter, DecimalSum> sums = new IdentityHashMap<>();

    /** Registers a counter of a sum; gives the sum that the registry's counter of that id shows. */
    synchronized DecimalSum register(
            MeterRegistry registry, Function<DecimalSum, FunctionCounter.Builder<DecimalSum>> counter) {
        DecimalSum sum = new DecimalSum();
        return sums.computeIfAbsent(counter.apply(sum).register(registry), registered -> sum);
    }
}
