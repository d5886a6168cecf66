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
    /** A step along a curve errs by this share of what it differs from the tangent, for each square of the distance of its points. */
    private static final double CURVED_SHARE = 100;

    private static final double LARGEST_ERROR = 3e-10;
    /** About what the mean over a grid costs against the best ratio. */
    private static final double ALLOWANCE = 2;

    /** About what it costs against the peak of the likelihood. */
    private static final double PEAK_ALLOWANCE = 1.7;

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
     * The logarithm of the ratio at which a test stops to reject: the widest one if it never rejects. The root of ln e grows nearly as
     * a line with the distance from the estimate, so a step along its tangent comes close, and a step along the curve through two
     * points with their tangents is nearly always the last. Where a step leaves what is still possible, the end of that is tried,
     * and then its middle.
     */
    private static double boundary(List<EventSplit> splits, double limit, boolean excess) {
        double widest = excess ? -WIDEST_LOG_RATIO : WIDEST_LOG_RATIO;
        double kept = -widest;
        double rejected = widest;
        double at = guess(splits, limit, excess);
        RootCurve curve = new RootCurve(Math.sqrt(limit + ALLOWANCE));
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
            boolean hasRoot = evidence.log() + ALLOWANCE > LEAST_ROOTED;
            double next = hasRoot ? curve.next(at, evidence) : at + (limit - evidence.log()) / evidence.slope();
            boolean isLast = (hasRoot && curve.isClose()) || Math.abs(next - at) < LAST_STEP;
            if (!(Math.min(kept, rejected) < next && next < Math.max(kept, rejected))) {
                double end = isRejected ? kept : rejected;
                next = Math.abs(end) == WIDEST_LOG_RATIO ? end : (kept + rejected) / 2;
                isLast = Math.abs(next - at) < LAST_STEP;
            }
            if (isLast) {
                return next;
            }
            at = next;
        }
        return at;
    }

    /** The root of the evidence as a function of the ratio's logarithm, from the latest two points and their slopes. */
    private static final class RootCurve {

        private final double wanted;
        private double before = Double.NaN;
        private double rootBefore;
        private double slopeBefore;
        private double error;

        RootCurve(double wanted) {
            this.wanted = wanted;
        }

        /** Returns where the curve through this point and the one before has the wanted root. */
        double next(double at, OddsGrid.Evidence evidence) {
            double root = Math.sqrt(evidence.log() + ALLOWANCE);
            double slope = evidence.slope() / (2 * root);
            double next = at + (wanted - root) / slope;
            error = Double.POSITIVE_INFINITY;
            if (!Double.isNaN(before) && root != rootBefore) {
                double rise = root - rootBefore;
                double t = (wanted - rootBefore) / rise;
                double left = 1 - t;
                double curved = left * left * ((1 + 2 * t) * before + t * rise / slopeBefore)
                        + t * t * ((3 - 2 * t) * at - left * rise / slope);
                error = Math.abs(curved - next) * CURVED_SHARE * (at - before) * (at - before);
                next = curved;
            }
            before = at;
            rootBefore = root;
            slopeBefore = slope;
            return next;
        }

        boolean isClose() {
            return error < LARGEST_ERROR;
        }
    }

    /**
     * Begins where the likelihood has fallen from its peak as far as the limit asks for: at the distance of a normal estimate, and a
     * step from there along the tangent of the fall's root.
     */
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
        double distance = Math.sqrt(2 * (limit + PEAK_ALLOWANCE) * (1 / candidate + 1 / reference));
        double estimate = Math.log(candidate / expected);
        double guess = estimate + (excess ? -distance : distance);
        double fall = logLikelihood(splits, estimate) - logLikelihood(splits, guess);
        if (fall > LEAST_ROOTED) {
            double root = Math.sqrt(fall);
            guess += (root - Math.sqrt(limit + PEAK_ALLOWANCE)) * 2 * root / slope(splits, guess);
        }
        return Math.max(-WIDEST_LOG_RATIO, Math.min(WIDEST_LOG_RATIO, guess));
    }

    private static double logLikelihood(List<EventSplit> splits, double logRatio) {
        double ratio = Math.exp(logRatio);
        double sum = 0;
        for (EventSplit split : splits) {
            long events = split.candidateBad() + split.referenceBad();
            if (events > 0) {
                double whole = 1 + (ratio - 1) * split.candidateShareRatio();
                sum += split.candidateBad() * logRatio - events * Math.log(whole);
            }
        }
        return sum;
    }

    private static double slope(List<EventSplit> splits, double logRatio) {
        double ratio = Math.exp(logRatio);
        double sum = 0;
        for (EventSplit split : splits) {
            long events = split.candidateBad() + split.referenceBad();
            sum += split.candidateBad() - events * OddsGrid.probability(ratio, split.candidateShareRatio());
        }
        return sum;
    }
}
