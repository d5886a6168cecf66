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
    /** A step of Newton's method that is this small leaves an error of about its square. */
    private static final double LAST_STEP = 1e-5;
    /** About what the mean over a grid costs against the best ratio. */
    private static final double ALLOWANCE = 2;

    private static final double LEAST_ROOTED = .5;

    private RateRatio() {}

    /**
     * Returns the evidence that the candidate's rate is higher than r times the other's.
     *
     * @param splits the counts, one per period of constant share
     * @param ratio r &gt; 0; H₀ is θ ≤ r
     * @return log e; 0 without events
     */
    public static double logEvidenceOfExcess(List<EventSplit> splits, double ratio) {
        return added(OddsGrid.ofExcess(ratio), splits).logEvidence();
    }

    /**
     * Returns the evidence that the candidate's rate is lower than r times the other's: the proof that it is not worse.
     *
     * @param splits the counts, one per period of constant share
     * @param ratio r &gt; 0; H₀ is θ ≥ r
     * @return log e; 0 without events
     */
    public static double logEvidenceOfShortfall(List<EventSplit> splits, double ratio) {
        return added(OddsGrid.ofShortfall(ratio), splits).logEvidence();
    }

    private static OddsGrid added(OddsGrid grid, List<EventSplit> splits) {
        for (EventSplit split : splits) {
            grid.add(split.candidateShareRatio(), split.candidateBad(), split.referenceBad());
        }
        return grid;
    }

    /**
     * Returns all ratios that neither test rejects.
     *
     * @param splits the counts, one per period of constant share
     * @param alpha level of each side, in (0, 1)
     * @return the set as an interval; its ends are 0 and infinity where no ratio up to 10⁴ is rejected
     */
    public static Interval interval(List<EventSplit> splits, double alpha) {
        double lower = boundary(splits, -Math.log(alpha), true);
        double upper = boundary(splits, -Math.log(alpha), false);
        return new Interval(
                lower > -WIDEST_LOG_RATIO ? Math.exp(lower) : 0,
                upper < WIDEST_LOG_RATIO ? Math.exp(upper) : Double.POSITIVE_INFINITY);
    }

    /**
     * The logarithm of the ratio at which a test stops to reject: the widest one if it never rejects. Newton's method finds it in
     * three or four steps, because the root of ln e grows nearly as a line with the distance from the estimate. Where a step leaves
     * what is still possible, the end of that is tried, and then its middle.
     */
    private static double boundary(List<EventSplit> splits, double limit, boolean excess) {
        double widest = excess ? -WIDEST_LOG_RATIO : WIDEST_LOG_RATIO;
        double kept = -widest;
        double rejected = widest;
        double at = guess(splits, limit, excess);
        for (int i = 0; i < MAX_STEPS; i++) {
            double ratio = Math.exp(at);
            OddsGrid.Evidence evidence = added(excess ? OddsGrid.ofExcess(ratio) : OddsGrid.ofShortfall(ratio), splits)
                    .evidence();
            boolean isRejected = evidence.log() >= limit;
            if (!isRejected && at == widest) {
                return widest;
            }
            kept = isRejected ? kept : at;
            rejected = isRejected ? at : rejected;
            double next = at + step(evidence, limit);
            if (!(Math.min(kept, rejected) < next && next < Math.max(kept, rejected))) {
                double end = isRejected ? kept : rejected;
                next = Math.abs(end) == WIDEST_LOG_RATIO ? end : (kept + rejected) / 2;
            }
            if (Math.abs(next - at) < LAST_STEP) {
                return next;
            }
            at = next;
        }
        return at;
    }

    /** The step to the limit along the tangent of the root of the evidence, or of the evidence where it has none. */
    private static double step(OddsGrid.Evidence evidence, double limit) {
        double over = evidence.log() + ALLOWANCE;
        double root = Math.sqrt(over);
        return over > LEAST_ROOTED
                ? (Math.sqrt(limit + ALLOWANCE) - root) * 2 * root / evidence.slope()
                : (limit - evidence.log()) / evidence.slope();
    }

    /** Begins where the evidence of a normal estimate would reach the limit. */
    private static double guess(List<EventSplit> splits, double limit, boolean excess) {
        double candidate = .5;
        double reference = .5;
        double expected = .5;
        for (EventSplit split : splits) {
            double share = split.candidateShareRatio();
            candidate += split.candidateBad();
            reference += split.referenceBad();
            expected += split.referenceBad() * share / (1 - share);
        }
        double distance = Math.sqrt(2 * (limit + ALLOWANCE) * (1 / candidate + 1 / reference));
        double guess = Math.log(candidate / expected) + (excess ? -distance : distance);
        return Math.max(-WIDEST_LOG_RATIO, Math.min(WIDEST_LOG_RATIO, guess));
    }
}
