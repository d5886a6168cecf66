package dev.llmops.slo.internal;

import java.util.function.DoublePredicate;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Confidence statements, one-sided, about an error ratio.
 *
 * <p>Counted events use the exact binomial tail (Clopper and Pearson 1934): the lower bound of k among n lies over p
 * exactly when P(X ≥ k | n, p) &lt; 1 − confidence, so no bound has to be inverted to decide. Chernoff's bound on that
 * tail, and Ash's lower bound of it, settle the clear cases without the incomplete beta function. Averaged scores are no
 * coin tosses; for them Chernoff's bound, which Hoeffding (1963) proved for any variables in [0, 1], stands alone.
 */
public final class Confidence {

    private static final int BISECTIONS = 60;
    /** Relative; what doubles cannot tell apart is a tie, as with one bad event of one, a budget of 5 % and 95 % confidence. */
    private static final double TIE = 1e-13;

    private Confidence() {}

    /** Returns true if the lower bound of the ratio lies over p. */
    public static boolean isAbove(double k, double n, double p, double confidence, boolean binary) {
        if (n == 0 || k <= n * p || p >= 1) {
            return false;
        }
        double alpha = (1 - confidence) * (1 - TIE);
        double chernoff = Math.exp(-n * divergence(k / n, p));
        if (chernoff < alpha) {
            return true;
        }
        if (!binary || chernoff / Math.sqrt(8 * k * (1 - k / n) + 2) >= alpha) {
            return false;
        }
        return upperTail(k, n, p) < alpha;
    }

    /** Returns true if the upper bound of the ratio lies at or under p. */
    public static boolean isWithin(double k, double n, double p, double confidence, boolean binary) {
        if (n == 0 || k >= n * p) {
            return false;
        }
        double alpha = (1 - confidence) * (1 + TIE);
        double chernoff = Math.exp(-n * divergence(k / n, p));
        if (chernoff <= alpha || !binary) {
            return chernoff <= alpha;
        }
        return lowerTail(k, n, p) <= alpha;
    }

    public static double lowerBound(double bad, double total, double confidence, boolean binary) {
        double ratio = bad / total;
        return ratio == 0 ? 0 : bisect(0, ratio, p -> !isAbove(bad, total, p, confidence, binary));
    }

    public static double upperBound(double bad, double total, double confidence, boolean binary) {
        double ratio = bad / total;
        return ratio == 1 ? 1 : bisect(ratio, 1, p -> isWithin(bad, total, p, confidence, binary));
    }

    /** P(X ≥ k) of a binomial with n trials of probability p. */
    static double upperTail(double k, double n, double p) {
        return k <= 0 ? 1 : RegularizedBeta.value(p, k, n - k + 1);
    }

    /** P(X ≤ k) of a binomial with n trials of probability p. */
    static double lowerTail(double k, double n, double p) {
        return k >= n ? 1 : RegularizedBeta.complement(p, k + 1, n - k);
    }

    /** Kullback–Leibler divergence of a coin of bias x from one of bias p, in nats. */
    private static double divergence(double x, double p) {
        double heads = x == 0 ? 0 : x * Math.log(x / p);
        double tails = x == 1 ? 0 : (1 - x) * Math.log((1 - x) / (1 - p));
        return heads + tails;
    }

    /** The smallest p for which the predicate, false below and true above it, holds. */
    private static double bisect(double low, double high, DoublePredicate holds) {
        double from = low;
        double to = high;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = from + (to - from) / 2;
            if (holds.test(middle)) {
                to = middle;
            } else {
                from = middle;
            }
        }
        return to;
    }
}
