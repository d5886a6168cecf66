package dev.llmops.core.stream;

import org.jspecify.annotations.Nullable;

/**
 * Records the gaps between the tokens of one call into an {@link InterTokenHistogram}, live or to replay a call.
 *
 * <p>A stream's gaps lie within a few powers of two, so a group of buckets exists from the first gap that falls into it:
 * a call pays for what it saw (some 150 bytes a group), and a chunk allocates only where the stream changes pace for the first time. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class InterTokenRecorder {

    /** Maximum number of tokens in a chunk, so that a hostile count does not take over the histogram. */
    private static final int MAX_TOKENS_PER_CHUNK = 1 << 16;

    private final int[] @Nullable [] groups = new int[LogLinearBuckets.GROUPS][];
    private int usedBuckets;
    private long sumNanos;

    /** Creates a recorder without samples. */
    public InterTokenRecorder() {}

    /**
     * Records the gap before a chunk: as many samples as it holds tokens, of an equal share each.
     *
     * @param gapNanos the time since the previous content chunk, in nanoseconds
     * @param tokens the number of tokens in the chunk, ≥ 1; at most 65,536 are counted
     */
    public void record(long gapNanos, int tokens) {
        int k = Math.min(tokens, MAX_TOKENS_PER_CHUNK);
        int index = LogLinearBuckets.indexOf(k == 1 ? gapNanos : gapNanos / k);
        int[] group = groups[index >>> LogLinearBuckets.GROUP_BITS];
        if (group == null) {
            group = new int[LogLinearBuckets.GROUP_SIZE];
            groups[index >>> LogLinearBuckets.GROUP_BITS] = group;
        }
        int inGroup = index & (LogLinearBuckets.GROUP_SIZE - 1);
        if (group[inGroup] == 0) {
            usedBuckets++;
        }
        int count = group[inGroup] + k;
        group[inGroup] = count < 0 ? Integer.MAX_VALUE : count;
        sumNanos += gapNanos;
    }

    /** Returns the gaps so far. Must not run while a gap is being recorded, unless the caller discards the result.
     *
     * @return a histogram */
    public InterTokenHistogram snapshot() {
        int used = usedBuckets;
        long[] values = new long[used];
        long[] counts = new long[used];
        int next = 0;
        long samples = 0;
        for (int g = 0; g < groups.length; g++) {
            int[] group = groups[g];
            for (int i = 0; group != null && i < group.length && next < used; i++) {
                if (group[i] != 0) {
                    values[next] = LogLinearBuckets.midpointOf(g * LogLinearBuckets.GROUP_SIZE + i);
                    samples += group[i];
                    counts[next++] = group[i];
                }
            }
        }
        return new InterTokenHistogram(values, counts, samples, sumNanos);
    }
}
