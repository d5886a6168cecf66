package dev.llmops.release.stats;

import java.util.List;

/**
 * Tests the ratio θ of two rates of bad events, valid at every look and while the candidate's share of the traffic moves.
 *
 * <p>Under independent random assignment a bad event falls into the candidate with probability
 * q(θ) = θp ÷ (θp + 1 − p), where p is the candidate's share at that event (Bayes' rule), for any rates, also for rates
 * that change with time. Against H₀: θ ≤ r the mean over a grid θⱼ &gt; r of the likelihood ratios
 * Π q(θⱼ) ÷ q(r) is a supermartingale, hence an e-process: P(ever e ≥ 1/α) ≤ α (Ville 1939; Ramdas et al., "Game-theoretic
 * statistics and safe anytime-valid inference", 2023). The likelihood depends on the bad events alone, so that the counts
 * of each period of constant share are sufficient: sums in any order, from any source, give the same value.
 *
 * <p>All values are natural logarithms of e.
 *
 * @since 0.1.0
 */
public final class OddsGrid {

    private static final double[] RISES = {1.25, 1.5, 2, 3, 4, 8, 16};
    private static final double[] FALLS = {.9, .8, .7, .6, .5, .4, .3, .2, .1};
    private static final double WIDEST_LOG_RATIO = Math.log(1e4);
    private static final int BISECTIONS = 32;

    private OddsGrid() {}

    /**
     * Returns the evidence that the candidate's rate is higher than r times the other's.
     *
     * @param splits the counts, one per period of constant share
     * @param ratio r &gt; 0; H₀ is θ ≤ r
     * @return log e; 0 without events
     */
    public static double logEvidenceOfExcess(List<EventSplit> splits, double ratio) {
        return logMeanLikelihood(splits, ratio, RISES);
    }

    /**
     * Returns the evidence that the candidate's rate is lower than r times the other's: the proof that it is not worse.
     *
     * @param splits the counts, one per period of constant share
     * @param ratio r &gt; 0; H₀ is θ ≥ r
     * @return log e; 0 without events
     */
    public static double logEvidenceOfShortfall(List<EventSplit> splits, double ratio) {
        return logMeanLikelihood(splits, ratio, FALLS);
    }

    /**
     * Returns all ratios that neither test rejects.
     *
     * @param splits the counts, one per period of constant share
     * @param alpha level of each side, in (0, 1)
     * @return the set as an interval; its ends are 0 and infinity where no ratio up to 10⁴ is rejected
     */
    public static Interval ratioInterval(List<EventSplit> splits, double alpha) {
        double limit = -Math.log(alpha);
        double lower = -WIDEST_LOG_RATIO;
        double upper = WIDEST_LOG_RATIO;
        boolean bounded = logEvidenceOfExcess(splits, Math.exp(lower)) >= limit;
        double from = bounded ? Math.exp(boundary(splits, limit, true)) : 0;
        boolean limited = logEvidenceOfShortfall(splits, Math.exp(upper)) >= limit;
        double to = limited ? Math.exp(boundary(splits, limit, false)) : Double.POSITIVE_INFINITY;
        return new Interval(from, to);
    }

    /** The logarithm of the ratio at which a test stops to reject. */
    private static double boundary(List<EventSplit> splits, double limit, boolean excess) {
        double rejected = excess ? -WIDEST_LOG_RATIO : WIDEST_LOG_RATIO;
        double kept = -rejected;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (rejected + kept) / 2;
            double ratio = Math.exp(middle);
            double logE = excess ? logEvidenceOfExcess(splits, ratio) : logEvidenceOfShortfall(splits, ratio);
            if (logE >= limit) {
                rejected = middle;
            } else {
                kept = middle;
            }
        }
        return kept;
    }

    static double logMeanLikelihood(List<EventSplit> splits, double ratio, double[] grid) {
        double[] logs = new double[grid.length];
        for (int j = 0; j < grid.length; j++) {
            for (EventSplit split : splits) {
                if (split.candidateBad() + split.referenceBad() == 0) {
                    continue;
                }
                double p = split.candidateShareRatio();
                double alternative = candidateProbability(ratio * grid[j], p);
                double limit = candidateProbability(ratio, p);
                logs[j] += split.candidateBad() * Math.log(alternative / limit)
                        + split.referenceBad() * Math.log((1 - alternative) / (1 - limit));
            }
        }
        return LogMeans.ofExponentials(logs);
    }

    /**
     * Returns the probability that a bad event falls into the candidate.
     *
     * @param ratio θ, the ratio of the rates, &gt; 0
     * @param shareRatio p, the candidate's share, in (0, 1)
     * @return q(θ) = θp ÷ (θp + 1 − p)
     */
    public static double candidateProbability(double ratio, double shareRatio) {
        return ratio * shareRatio / (ratio * shareRatio + 1 - shareRatio);
    }
}
