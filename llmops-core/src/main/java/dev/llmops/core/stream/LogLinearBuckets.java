package dev.llmops.core.stream;

/**
 * The bucket layout of the inter-token histogram.
 *
 * <p>Buckets come in groups of 32. The first two groups hold one nanosecond a bucket; from 64 ns on every group is one
 * power of two, cut into equal widths. So a bucket is at most 1/32 of its lower edge wide, and its midpoint at most 1/64
 * (1.6 %) off any value in it. The last bucket takes everything from 2^41 ns (37 minutes) on.
 */
final class LogLinearBuckets {

    static final int GROUP_BITS = 5;
    static final int GROUP_SIZE = 1 << GROUP_BITS;

    private static final int FIRST_EXPONENT = GROUP_BITS + 1;
    private static final int LAST_EXPONENT = 40;
    private static final int LINEAR = 2 * GROUP_SIZE;

    static final int GROUPS = 2 + LAST_EXPONENT - FIRST_EXPONENT + 1;

    private LogLinearBuckets() {}

    static int indexOf(long nanos) {
        if (nanos < LINEAR) {
            return (int) Math.max(nanos, 0);
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        if (exponent > LAST_EXPONENT) {
            return GROUPS * GROUP_SIZE - 1;
        }
        int inGroup = (int) (nanos >>> (exponent - GROUP_BITS)) & (GROUP_SIZE - 1);
        return LINEAR + (exponent - FIRST_EXPONENT) * GROUP_SIZE + inGroup;
    }

    static long midpointOf(int index) {
        if (index < LINEAR) {
            return index;
        }
        int exponent = FIRST_EXPONENT + (index - LINEAR) / GROUP_SIZE;
        int inGroup = (index - LINEAR) % GROUP_SIZE;
        long width = 1L << (exponent - GROUP_BITS);
        return (1L << exponent) + inGroup * width + width / 2;
    }
}
