package dev.llmops.release.internal.statistics;

import dev.llmops.core.statistics.OddsGrid;
import dev.llmops.release.stats.Interval;
import java.util.List;

/**
 * Tests the ratio of the bad rates of two arms by {@link OddsGrid}, with the candidate's share at each event.
 *
 * <p>All values are natural logarithms of e.
 */
public final class RateRatio {

    private static final double WIDEST_LOG_RATIO = Math.log(1e4);
    private static final int BISECTIONS = 32;

    private RateRatio() {}

    /**
     * Returns the evidence that the candidate's rate is higher than r times the other's.
     *
     * @param splits the counts, one per period of constant share
     * @param ratio r &gt; 0; H₀ is θ ≤ r
     * @return log e; 0 without events
     */
    public static double logEvidenceOfExcess(List<EventSplit> splits, double ratio) {
        return added(OddsGrid.ofExcess(ratio), splits);
    }

    /**
     * Returns the evidence that the candidate's rate is lower than r times the other's: the proof that it is not worse.
     *
     * @param splits the counts, one per period of constant share
     * @param ratio r &gt; 0; H₀ is θ ≥ r
     * @return log e; 0 without events
     */
    public static double logEvidenceOfShortfall(List<EventSplit> splits, double ratio) {
        return added(OddsGrid.ofShortfall(ratio), splits);
    }

    private static double added(OddsGrid grid, List<EventSplit> splits) {
        for (EventSplit split : splits) {
            grid.add(split.candidateShareRatio(), split.candidateBad(), split.referenceBad());
        }
        return grid.logEvidence();
    }

    /**
     * Returns all ratios that neither test rejects.
     *
     * @param splits the counts, one per period of constant share
     * @param alpha level of each side, in (0, 1)
     * @return the set as an interval; its ends are 0 and infinity where no ratio up to 10⁴ is rejected
     */
    public static Interval interval(List<EventSplit> splits, double alpha) {
        double limit = -Math.log(alpha);
        boolean bounded = logEvidenceOfExcess(splits, Math.exp(-WIDEST_LOG_RATIO)) >= limit;
        boolean limited = logEvidenceOfShortfall(splits, Math.exp(WIDEST_LOG_RATIO)) >= limit;
        return new Interval(
                bounded ? Math.exp(boundary(splits, limit, true)) : 0,
                limited ? Math.exp(boundary(splits, limit, false)) : Double.POSITIVE_INFINITY);
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
}
