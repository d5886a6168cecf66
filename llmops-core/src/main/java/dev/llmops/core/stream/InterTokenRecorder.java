package dev.llmops.core.stream;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records the gaps between the tokens of one call into an {@link InterTokenHistogram}, live or to replay a call.
 *
 * <p>A call pays for what it saw. The first gaps are kept one by one, which is all that a short answer needs. Then they are
 * counted in groups of buckets: a stream's gaps lie within a few powers of two, so a group exists from the first gap that
 * falls into it (some 150 bytes), and a chunk allocates only where the stream changes pace for the first time. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class InterTokenRecorder {

    private static final int TOKEN_BITS = 17;

    /** Maximum number of tokens in a chunk, so that a hostile count does not take over the histogram. */
    private static final int MAX_TOKENS_PER_CHUNK = 1 << (TOKEN_BITS - 1);

    private static final int FIRST_GAPS = 24;

    /** The bucket of each gap and the tokens after it, as one number, so that sorting them brings equal buckets together. */
    private final int[] firstGaps = new int[FIRST_GAPS];

    private int usedFirstGaps;
    private int @Nullable [] @Nullable [] groups;
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
        sumNanos += gapNanos;
        if (usedFirstGaps < FIRST_GAPS) {
            firstGaps[usedFirstGaps] = index << TOKEN_BITS | k;
            usedFirstGaps++;
        } else {
            count(index, k);
        }
    }

    private void count(int index, int k) {
        if (groups == null) {
            groups = new int[LogLinearBuckets.GROUPS][];
            for (int gap : firstGaps) {
                count(gap >>> TOKEN_BITS, tokensOf(gap));
            }
        }
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
    }

    private static int tokensOf(int gap) {
        return gap & ((1 << TOKEN_BITS) - 1);
    }

    /** Returns the gaps so far. Must not run while a gap is being recorded, unless the caller discards the result.
     *
     * @return a histogram */
    public InterTokenHistogram snapshot() {
        return groups == null ? ofFirstGaps() : ofGroups(groups);
    }

    private InterTokenHistogram ofFirstGaps() {
        int[] gaps = Arrays.copyOf(firstGaps, usedFirstGaps);
        Arrays.sort(gaps);
        int buckets = 0;
        for (int i = 0; i < gaps.length; i++) {
            buckets += startsBucket(gaps, i) ? 1 : 0;
        }
        long[] values = new long[buckets];
        long[] counts = new long[buckets];
        int bucket = -1;
        long samples = 0;
        for (int i = 0; i < gaps.length; i++) {
            if (startsBucket(gaps, i)) {
                bucket++;
                values[bucket] = LogLinearBuckets.midpointOf(gaps[i] >>> TOKEN_BITS);
            }
            counts[bucket] += tokensOf(gaps[i]);
            samples += tokensOf(gaps[i]);
        }
        return new InterTokenHistogram(values, counts, samples, sumNanos);
    }

    private static boolean startsBucket(int[] gaps, int i) {
        return i == 0 || gaps[i] >>> TOKEN_BITS != gaps[i - 1] >>> TOKEN_BITS;
    }

    private InterTokenHistogram ofGroups(int[] @Nullable [] groups) {
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
