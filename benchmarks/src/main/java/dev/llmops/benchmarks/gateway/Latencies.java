package dev.llmops.benchmarks.gateway;

import java.util.Arrays;

/** Measured times, each of them. Not safe for use by several threads. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int size;

    void add(long nanos) {
        if (size == this.nanos.length) {
            this.nanos = Arrays.copyOf(this.nanos, 2 * size);
        }
        this.nanos[size++] = nanos;
    }

    /** Returns the least time that so large a share of all did not exceed. */
    double millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return size == 0 ? Double.NaN : sorted[(int) Math.ceil(share * size) - 1] / 1e6;
    }
}
