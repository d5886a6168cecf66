package dev.llmops.core.stream;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The gaps between the tokens of many calls: the sum of their {@link InterTokenHistogram}s, in the same buckets. Takes
 * about 9 KiB.
 *
 * <p>Thread-safe; adding does not block.
 *
 * @since 0.1.0
 */
public final class InterTokenTotals {

    private static final int BUCKETS = LogLinearBuckets.GROUPS * LogLinearBuckets.GROUP_SIZE;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAdder sumNanos = new LongAdder();

    /** Creates totals of nothing. */
    public InterTokenTotals() {}

    /**
     * Adds the gaps of one call.
     *
     * @param call its histogram
     */
    public void add(InterTokenHistogram call) {
        call.forEach((valueNanos, count) -> counts.addAndGet(LogLinearBuckets.indexOf(valueNanos), count));
        sumNanos.add(call.sumNanos());
    }

    /**
     * Reads the totals. A call that is being added meanwhile may be in it in part.
     *
     * @return a histogram of all gaps so far
     */
    public InterTokenHistogram snapshot() {
        long[] values = new long[BUCKETS];
        long[] valueCounts = new long[BUCKETS];
        int used = 0;
        long samples = 0;
        for (int i = 0; i < BUCKETS; i++) {
            long count = counts.get(i);
            if (count != 0) {
                values[used] = LogLinearBuckets.midpointOf(i);
                valueCounts[used++] = count;
                samples += count;
            }
        }
        return new InterTokenHistogram(
                Arrays.copyOf(values, used), Arrays.copyOf(valueCounts, used), samples, sumNanos.sum());
    }
}
