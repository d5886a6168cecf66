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
    private static final int MAX_STEPS = 100;
    private static final double PRECISION = 1e-10;

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

    /**
     * The logarithm of the ratio at which a test stops to reject: a bracket around the estimate, then the Illinois variant of
     * false position (Dowell, Jarratt 1971), which takes a fifth of the steps of bisection.
     */
    private static double boundary(List<EventSplit> splits, double limit, boolean excess) {
        int outwards = excess ? -1 : 1;
        double step = Math.sqrt(2 * limit / events(splits));
        double kept = estimate(splits);
        double belowLimit = over(splits, limit, excess, kept);
        while (belowLimit >= 0 && Math.abs(kept) < WIDEST_LOG_RATIO) {
            kept = clamped(kept - outwards * step);
            belowLimit = over(splits, limit, excess, kept);
        }
        double rejected = clamped(kept + outwards * step);
        double aboveLimit = over(splits, limit, excess, rejected);
        while (aboveLimit < 0) {
            kept = rejected;
            belowLimit = aboveLimit;
            step *= 2;
            rejected = clamped(kept + outwards * step);
            aboveLimit = over(splits, limit, excess, rejected);
        }
        boolean keptMoved = false;
        boolean rejectedMoved = false;
        for (int i = 0; i < MAX_STEPS && Math.abs(rejected - kept) > PRECISION; i++) {
            double next = kept + (rejected - kept) * belowLimit / (belowLimit - aboveLimit);
            double found = over(splits, limit, excess, next);
            if (Math.abs(found) < PRECISION) {
                return next;
            }
            if (found < 0) {
                kept = next;
                belowLimit = found;
                aboveLimit = keptMoved ? aboveLimit / 2 : aboveLimit;
            } else {
                rejected = next;
                aboveLimit = found;
                belowLimit = rejectedMoved ? belowLimit / 2 : belowLimit;
            }
            keptMoved = found < 0;
            rejectedMoved = !keptMoved;
        }
        return kept;
    }

    private static double over(List<EventSplit> splits, double limit, boolean excess, double logRatio) {
        double ratio = Math.exp(logRatio);
        return (excess ? logEvidenceOfExcess(splits, ratio) : logEvidenceOfShortfall(splits, ratio)) - limit;
    }

    private static double clamped(double logRatio) {
        return Math.max(-WIDEST_LOG_RATIO, Math.min(WIDEST_LOG_RATIO, logRatio));
    }

    private static double events(List<EventSplit> splits) {
        double events = 0;
        for (EventSplit split : splits) {
            events += split.candidateBad() + (double) split.referenceBad();
        }
        return Math.max(1, events);
    }

    /** The logarithm of about the ratio: only where to begin. */
    private static double estimate(List<EventSplit> splits) {
        double candidate = .5;
        double reference = .5;
        for (EventSplit split : splits) {
            double share = split.candidateShareRatio();
            candidate += split.candidateBad();
            reference += split.referenceBad() * share / (1 - share);
        }
        return clamped(Math.log(candidate / reference));
    }
}
