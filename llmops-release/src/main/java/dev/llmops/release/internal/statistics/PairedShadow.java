package dev.llmops.release.internal.statistics;

import dev.llmops.core.statistics.OddsGrid;

/**
 * Tests pairs of answers to the same request. Only pairs of which exactly one answer is bad count; without a difference the
 * candidate is the bad one in half of them. This is McNemar's test (1947) as an e-process: {@link OddsGrid} at the share ½.
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
        return OddsGrid.of(1, RISES).add(.5, onlyCandidateBad, onlyBaselineBad).logEvidence();
    }
}
