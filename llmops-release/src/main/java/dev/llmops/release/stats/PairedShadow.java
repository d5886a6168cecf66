package dev.llmops.release.stats;

import java.util.List;

/**
 * Tests pairs of answers to the same request. Only pairs of which exactly one answer is bad count; without a difference the
 * candidate is the bad one in half of them. This is McNemar's test (1947) as an e-process: {@link OddsGrid} at the share ½.
 *
 * @since 0.1.0
 */
public final class PairedShadow {

    private static final double[] RISES = {1.2, 1.5, 2, 3, 5, 8};

    private PairedShadow() {}

    /**
     * Returns the evidence that the candidate is bad more often.
     *
     * @param onlyCandidateBad pairs of which only the candidate's answer is bad
     * @param onlyBaselineBad pairs of which only the baseline's answer is bad
     * @return log e
     */
    public static double logEvidenceOfExcess(long onlyCandidateBad, long onlyBaselineBad) {
        return OddsGrid.logMeanLikelihood(List.of(new EventSplit(.5, onlyCandidateBad, onlyBaselineBad)), 1, RISES);
    }
}
