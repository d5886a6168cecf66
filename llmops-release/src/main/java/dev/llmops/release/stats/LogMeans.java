package dev.llmops.release.stats;

import java.util.Arrays;

/**
 * Averages evidence. The mean of e-values is an e-value, under any dependence (Vovk and Wang, "E-values: calibration,
 * combination and applications", 2021).
 *
 * @since 0.1.0
 */
public final class LogMeans {

    private LogMeans() {}

    /**
     * Returns the logarithm of the mean of e-values, without overflow.
     *
     * @param logs logarithms of the e-values, at least one
     * @return log mean exp
     */
    public static double ofExponentials(double... logs) {
        double largest = Arrays.stream(logs).max().orElseThrow();
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
