package dev.llmops.release.internal.statistics;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Tests that arms received the traffic they were configured to, valid at every look.
 *
 * <p>Dirichlet-multinomial e-process of Lindon and Malek, "Anytime-valid inference for multinomial count data" (2022):
 * log e = ln B(a + n) − ln B(a) − Σ nᵢ ln pᵢ, with a = c·p. A mismatch means that one arm loses records, and voids every
 * comparison.
 */
public final class SampleRatio {

    /** Concentration of the prior around the configured shares: {@value}. */
    public static final double DEFAULT_CONCENTRATION = 100;

    private SampleRatio() {}

    /**
     * Returns the evidence against the configured shares.
     *
     * @param counts units of each arm, ≥ 0
     * @param shareRatios the arms' configured shares, each in (0, 1), which sum to 1
     * @param concentration c &gt; 0
     * @return log e; 0 without units
     */
    public static double logEvidence(long[] counts, double[] shareRatios, double concentration) {
        double[] posterior = new double[counts.length];
        double[] prior = new double[counts.length];
        double expected = 0;
        for (int i = 0; i < counts.length; i++) {
            prior[i] = concentration * shareRatios[i];
            posterior[i] = prior[i] + counts[i];
            expected += counts[i] * Math.log(shareRatios[i]);
        }
        if (expected == 0) {
            return 0; // Nothing was counted, or there is no choice.
        }
        return logBeta(posterior) - logBeta(prior) - expected;
    }

    private static double logBeta(double[] parameters) {
        double sum = 0;
        double logs = 0;
        for (double parameter : parameters) {
            sum += parameter;
            logs += LogGamma.value(parameter);
        }
        return logs - LogGamma.value(sum);
    }
}
