package dev.llmops.release.internal.statistics;

import dev.llmops.core.statistics.OddsGrid;

/**
 * Says how much evidence a test will need: the closed forms behind a plan.
 */
public final class SampleSize {

    /** Surcharge for 80 % power over the mean growth of log e, in nats. */
    private static final double POWER_MARGIN = 2;

    private static final double MAX_SAMPLE = 1e12;

    private SampleSize() {}

    /**
     * Returns the expected number of bad events, of both arms together, until {@link OddsGrid} rejects with 80 % power.
     *
     * <p>(ln(1/α) + 2) ÷ KL(q₁‖q₀), since log e grows by the Kullback–Leibler divergence of the two coins per event (Wald).
     *
     * @param shareRatio the candidate's share, in (0, 1)
     * @param trueRatio the true ratio of the rates
     * @param testedRatio the ratio at the edge of the null hypothesis
     * @param alpha level of the test, after any correction for multiplicity
     * @return the number of events; infinite when the truth lies on the edge
     */
    public static double events(double shareRatio, double trueRatio, double testedRatio, double alpha) {
        double truth = OddsGrid.probability(trueRatio, shareRatio);
        double edge = OddsGrid.probability(testedRatio, shareRatio);
        double divergence = truth * Math.log(truth / edge) + (1 - truth) * Math.log((1 - truth) / (1 - edge));
        return divergence <= 0 ? Double.POSITIVE_INFINITY : (-Math.log(alpha) + POWER_MARGIN) / divergence;
    }

    /**
     * Returns how many values of both arms together {@link MeanDifference} needs to exclude a gap with 80 % power.
     *
     * @param shareRatio the candidate's share, in (0, 1)
     * @param gap the distance between the truth and the line, &gt; 0
     * @param standardDeviation of one value, in the unit of the gap
     * @param alpha one-sided level, after any correction for multiplicity
     * @return the number of values; infinite when beyond 10¹²
     */
    public static double values(double shareRatio, double gap, double standardDeviation, double alpha) {
        double perValue = standardDeviation * Math.sqrt(1 / shareRatio + 1 / (1 - shareRatio));
        double n = AsymptoticSequence.MIN_SAMPLE / Math.min(shareRatio, 1 - shareRatio);
        while (n < MAX_SAMPLE) {
            double half = AsymptoticSequence.halfWidth(n, perValue, 2 * alpha, AsymptoticSequence.DEFAULT_TIGHTEST_AT);
            double noise = 0.84 * perValue / Math.sqrt(n);
            if (half + noise < gap) {
                return n;
            }
            n *= 1.05;
        }
        return Double.POSITIVE_INFINITY;
    }
}
