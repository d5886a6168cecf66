package dev.llmops.quality.drift.statistics;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.LongFunction;

/** Makes two samples whose Kolmogorov–Smirnov distance is a given number, or the next that two samples can have. */
final class KsSamples {

    private KsSamples() {}

    /** Two samples, and if their distance is the wanted one. */
    @SuppressWarnings("ArrayRecordComponent")
    record Pair(double[] x, double[] y, boolean exact) {}

    /** Two samples of m and n values with max (F − G) ≥ d / (mn), as near as can be. */
    static Pair withOneSidedDistance(int m, int n, long d) {
        return nearest(d, distance -> path(m, n, Long.MIN_VALUE, distance));
    }

    /** Two samples of m and n values with max |F − G| ≥ d / (mn), as near as can be. */
    static Pair withTwoSidedDistance(int m, int n, long d) {
        return nearest(d, distance -> path(m, n, -distance, distance));
    }

    private static Pair nearest(long d, LongFunction<double[][]> samples) {
        long distance = d;
        double[][] found = samples.apply(distance);
        while (found.length == 0) {
            found = samples.apply(++distance);
        }
        return new Pair(found[0], found[1], distance == d);
    }

    /**
     * A lattice path from (0, 0) to (m, n) on which i·n − j·m stays within the bounds and touches the upper one; nothing
     * if there is none.
     */
    private static double[][] path(int m, int n, long lower, long upper) {
        int states = (m + 1) * (n + 1) * 2;
        int[] previous = new int[states];
        Arrays.fill(previous, -1);
        Deque<Integer> open = new ArrayDeque<>();
        int start = state(0, 0, n, upper == 0);
        previous[start] = start;
        open.add(start);
        while (!open.isEmpty()) {
            int at = open.poll();
            int i = at / 2 / (n + 1);
            int j = at / 2 % (n + 1);
            for (int step = 0; step < 2; step++) {
                int toI = i + 1 - step;
                int toJ = j + step;
                long height = (long) toI * n - (long) toJ * m;
                if (toI <= m && toJ <= n && height >= lower && height <= upper) {
                    int to = state(toI, toJ, n, at % 2 == 1 || height == upper);
                    if (previous[to] < 0) {
                        previous[to] = at;
                        open.add(to);
                    }
                }
            }
        }
        int end = state(m, n, n, true);
        return previous[end] < 0 ? new double[0][] : samples(m, n, previous, end, start);
    }

    private static int state(int i, int j, int n, boolean touched) {
        return (i * (n + 1) + j) * 2 + (touched ? 1 : 0);
    }

    private static double[][] samples(int m, int n, int[] previous, int end, int start) {
        double[] x = new double[m];
        double[] y = new double[n];
        int at = end;
        for (int value = m + n; at != start; value--) {
            int before = previous[at];
            int i = at / 2 / (n + 1);
            int j = at / 2 % (n + 1);
            if (before / 2 / (n + 1) == i) {
                y[j - 1] = value;
            } else {
                x[i - 1] = value;
            }
            at = before;
        }
        return new double[][] {x, y};
    }
}
