package dev.llmops.release.compare;

import java.util.Arrays;

/** All differences xᵢ − yⱼ of two samples, counted and ranked from the sorted samples without a table of them. */
final class SampleDifferences {

    private static final int HALVINGS = 60;

    private final double[] x;
    private final double[] y;

    SampleDifferences(double[] x, double[] y) {
        this.x = x.clone();
        this.y = y.clone();
        Arrays.sort(this.x);
        Arrays.sort(this.y);
    }

    /** Counts the differences that are at most d. */
    long upTo(double d) {
        long count = 0;
        int over = 0;
        for (double each : x) {
            while (over < y.length && each - y[over] > d) {
                over++;
            }
            count += y.length - over;
        }
        return count;
    }

    /** The smallest difference over d. */
    double next(double d) {
        double next = Double.POSITIVE_INFINITY;
        int over = 0;
        for (double each : x) {
            while (over < y.length && each - y[over] > d) {
                over++;
            }
            if (over > 0) {
                next = Math.min(next, each - y[over - 1]);
            }
        }
        return next;
    }

    /** The difference of a rank, from 1 on: halving finds its neighbourhood, single steps the value itself. */
    double difference(long rank) {
        double below = Math.nextDown(x[0] - y[y.length - 1]);
        double from = x[x.length - 1] - y[0];
        for (int i = 0; i < HALVINGS; i++) {
            double middle = below / 2 + from / 2;
            if (upTo(middle) < rank) {
                below = middle;
            } else {
                from = middle;
            }
        }
        double difference = next(below);
        while (upTo(difference) < rank) {
            difference = next(difference);
        }
        return difference;
    }

    /** The standard deviation of how many differences are positive, without a shift. */
    double deviation() {
        double n = x.length + (double) y.length;
        double ties = (ties(x) + ties(y)) / (n * (n - 1));
        return Math.sqrt((double) x.length * y.length / 12 * (n + 1 - ties));
    }

    private static double ties(double[] sorted) {
        double sum = 0;
        double run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run++;
            if (i + 1 == sorted.length || sorted[i + 1] != sorted[i]) {
                sum += run * run * run - run;
                run = 0;
            }
        }
        return sum;
    }
}
