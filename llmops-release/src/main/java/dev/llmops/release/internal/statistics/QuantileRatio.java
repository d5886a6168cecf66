package dev.llmops.release.internal.statistics;

import dev.llmops.release.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Gives the bootstrap interval of the ratio of two quantiles, from histograms of equal steps on a logarithmic scale. For
 * display, at one look; verdicts come from {@link ScaledExceedance}.
 *
 * <p>The bootstrap distribution of the k-th of n order statistics needs no random draws: P(X* ≤ x) = I(F(x); k, n − k + 1),
 * with F the empirical distribution and I the regularised incomplete beta function (Efron, "Bootstrap methods: another look
 * at the jackknife", 1979, section 3). The ratio's distribution is that of the difference of two bucket numbers.
 */
public final class QuantileRatio {

    private static final double NEGLIGIBLE = 1e-9;
    /** Beyond this many standard deviations of the order statistic the incomplete beta function is 0 or 1. */
    private static final double FAR = 7;

    private QuantileRatio() {}

    /** The probability that a resampled quantile falls into a bucket. */
    private record Mass(int bucket, double probability) {}

    /**
     * Returns the interval, rounded outwards to whole buckets.
     *
     * @param candidate counts by bucket number
     * @param reference counts by bucket number of the other arm
     * @param quantileRatio the quantile, in (0, 1)
     * @param bucketRatio upper ÷ lower edge of a bucket, &gt; 1
     * @param alpha level of each side, in (0, ½)
     * @return the interval, [0, ∞] where an arm has no values
     */
    public static Interval bootstrap(
            NavigableMap<Integer, Long> candidate,
            NavigableMap<Integer, Long> reference,
            double quantileRatio,
            double bucketRatio,
            double alpha) {
        List<Mass> above = masses(candidate, quantileRatio);
        List<Mass> below = masses(reference, quantileRatio);
        if (above.isEmpty() || below.isEmpty()) {
            return new Interval(0, Double.POSITIVE_INFINITY);
        }
        int least = above.get(0).bucket() - below.get(below.size() - 1).bucket();
        int most = above.get(above.size() - 1).bucket() - below.get(0).bucket();
        double[] differences = new double[most - least + 1];
        for (Mass one : above) {
            for (Mass other : below) {
                differences[one.bucket() - other.bucket() - least] += one.probability() * other.probability();
            }
        }
        int lower = tail(differences, alpha, true);
        int upper = tail(differences, alpha, false);
        return new Interval(Math.pow(bucketRatio, least + lower - 1.0), Math.pow(bucketRatio, least + upper + 1.0));
    }

    private static int tail(double[] probabilities, double alpha, boolean fromBelow) {
        int at = fromBelow ? 0 : probabilities.length - 1;
        int step = fromBelow ? 1 : -1;
        int end = fromBelow ? probabilities.length - 1 : 0;
        double passed = probabilities[at];
        while (at != end && passed <= alpha) {
            at += step;
            passed += probabilities[at];
        }
        return at;
    }

    private static List<Mass> masses(NavigableMap<Integer, Long> counts, double quantileRatio) {
        long n = counts.values().stream().mapToLong(Long::longValue).sum();
        double k = Math.max(1, Math.ceil(quantileRatio * n));
        double far = FAR * Math.sqrt(quantileRatio * (1 - quantileRatio) / Math.max(1, n)) + 2.0 / Math.max(1, n);
        List<Mass> masses = new ArrayList<>();
        long seen = 0;
        double before = 0;
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            seen += bucket.getValue();
            double reached = (double) seen / n;
            double after = Math.abs(reached - quantileRatio) > far
                    ? (reached > quantileRatio ? 1 : 0)
                    : RegularizedBeta.value(reached, k, n - k + 1);
            if (after - before > NEGLIGIBLE) {
                masses.add(new Mass(bucket.getKey(), after - before));
            }
            before = after;
        }
        return masses;
    }
}
