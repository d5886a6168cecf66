package dev.llmops.quality.cases;

/**
 * Evidence that events befall one group of calls more often than its share of the traffic: an e-process over a grid of
 * ratios. For a ratio θ an event belongs to the group with probability θp / (θp + 1 − p), where p is the group's share of
 * the traffic at that event; the evidence is the mean over the grid of the likelihood ratios against θ = 1.
 *
 * <p>Under the null hypothesis that the ratio is at most 1, the evidence exceeds 1/α at any time with probability at most
 * α, if p is known. Not thread-safe.
 */
final class OddsGrid {

    private static final double[] RATIOS = {1.25, 1.5, 2, 3, 4, 8, 16};

    private final double[] logLikelihoods = new double[RATIOS.length];

    /** Adds an event. */
    void add(boolean inGroup, double share) {
        for (int i = 0; i < RATIOS.length; i++) {
            double alternative = RATIOS[i] * share / (RATIOS[i] * share + 1 - share);
            logLikelihoods[i] += inGroup ? Math.log(alternative / share) : Math.log((1 - alternative) / (1 - share));
        }
    }

    /** The natural logarithm of the evidence. */
    double logEvidence() {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : logLikelihoods) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : logLikelihoods) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum / RATIOS.length);
    }
}
