package dev.llmops.release.stats;

import java.util.Arrays;

/**
 * Gives confidence sequences for a quantile, valid at every look, without any assumption on the distribution.
 *
 * <p>Of n values the number that lie under the true p-quantile is binomial, so the quantile is over every order statistic
 * that too few, and under every one that too many of them would lie under: the lower end is the value of rank l + 1 and the
 * upper end that of rank u, with l the largest count that rejects "at least p", and u the smallest that rejects "at most p".
 * Ties do no harm. Under a hundred values there is no upper end of a 95 % quantile.
 *
 * @since 0.1.0
 */
public final class QuantileSequence {

    private static final double CONCENTRATION = 100;

    private QuantileSequence() {}

    /**
     * Returns the interval after the last value.
     *
     * @param values the values, in any order, without NaN
     * @param quantileRatio p, in (0, 1)
     * @param alpha level of each side, in (0, ½)
     * @return the interval; its ends are infinite where there is no such rank
     */
    public static Interval interval(double[] values, double quantileRatio, double alpha) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int lower = largestTooSmall(sorted.length, quantileRatio, alpha);
        int upper = smallestTooLarge(sorted.length, quantileRatio, alpha);
        return new Interval(
                lower < 0 ? Double.NEGATIVE_INFINITY : sorted[lower],
                upper > sorted.length ? Double.POSITIVE_INFINITY : sorted[upper - 1]);
    }

    /** The largest count that rejects "at least p", or −1. */
    static int largestTooSmall(int n, double p, double alpha) {
        int kept = (int) Math.ceil(n * p);
        int rejected = -1;
        while (kept - rejected > 1) {
            int middle = (kept + rejected) >>> 1;
            if (ShareMixture.logEvidenceOfShortfall(middle, n, p, CONCENTRATION) >= -Math.log(alpha)) {
                rejected = middle;
            } else {
                kept = middle;
            }
        }
        return rejected;
    }

    /** The smallest count that rejects "at most p", or n + 1. */
    static int smallestTooLarge(int n, double p, double alpha) {
        int kept = (int) Math.floor(n * p);
        int rejected = n + 1;
        while (rejected - kept > 1) {
            int middle = (kept + rejected) >>> 1;
            if (ShareMixture.logEvidenceOfExcess(middle, n, p, CONCENTRATION) >= -Math.log(alpha)) {
                rejected = middle;
            } else {
                kept = middle;
            }
        }
        return rejected;
    }
}
