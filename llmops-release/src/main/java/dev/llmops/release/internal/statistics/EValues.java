package dev.llmops.release.internal.statistics;

/**
 * Averages e-values. The mean of e-values is an e-value, under any dependence (Vovk and Wang, "E-values: calibration,
 * combination and applications", 2021).
 */
public final class EValues {

    private EValues() {}

    /**
     * Returns the logarithm of the mean of e-values, without overflow.
     *
     * @param logs natural logarithms of the e-values, at least one
     * @return ln of the mean
     * @throws IllegalArgumentException if there is none
     */
    public static double logMean(double... logs) {
        if (logs.length == 0) {
            throw new IllegalArgumentException(
                    "e-values are missing (0) — at least one is needed — pass its logarithm");
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return largest + Math.log(sum / logs.length);
    }
}
