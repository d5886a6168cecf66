package dev.llmops.quality.drift.statistics;

import java.util.Arrays;

/**
 * The uncalibrated comparison that many drift tools make, for figures that must agree with theirs: PSI over ten bins of
 * equal width with empty shares filled by {@value BinnedStatistics#ZERO_FILL}, and the Kolmogorov–Smirnov test at 5 %.
 *
 * <p>It raises false alarms at small counts (over half of all comparisons of 100 with 100 unchanged values have severity
 * high) and a single outlier hides a shift. Prefer {@code DriftMonitor} for alerts.
 *
 * @since 0.1.0
 */
public final class CompatibilityMode {

    /** The number of bins. */
    public static final int BINS = 10;

    /** The p-value under which the Kolmogorov–Smirnov test reports drift. */
    public static final double KS_ALPHA = 0.05;

    private CompatibilityMode() {}

    /**
     * Comparison of two samples.
     *
     * @param psi the population stability index
     * @param severity its severity
     * @param ks the Kolmogorov–Smirnov test
     * @param ksDrift true if the test's p-value is under {@value CompatibilityMode#KS_ALPHA}
     */
    public record Result(double psi, Severity severity, TestResult ks, boolean ksDrift) {}

    /**
     * Compares two samples.
     *
     * @param reference the reference; at least two values, finite
     * @param current the current data; at least two values, finite
     * @return the comparison
     * @throws IllegalArgumentException if a sample has fewer than two values, or one that is not finite
     */
    public static Result compare(double[] reference, double[] current) {
        requireFinite(reference);
        requireFinite(current);
        double min = Math.min(
                Arrays.stream(reference).min().orElse(0),
                Arrays.stream(current).min().orElse(0));
        double max = Math.max(
                Arrays.stream(reference).max().orElse(0),
                Arrays.stream(current).max().orElse(0));
        TestResult ks = SampleStatistics.kolmogorovSmirnov(reference, current);
        double psi = BinnedStatistics.psiZeroFilled(counts(reference, min, max), counts(current, min, max));
        return new Result(psi, Severity.of(psi), ks, ks.pValue() < KS_ALPHA);
    }

    /** A single NaN would put all values into one bin, which is no drift. */
    private static void requireFinite(double[] sample) {
        for (double value : sample) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a sample has a value that is not finite (" + value
                        + ") — finite values are compared — leave it out");
            }
        }
    }

    /** Counts in bins of equal width, closed on the left, the last one on both sides. */
    static long[] counts(double[] values, double min, double max) {
        long[] counts = new long[BINS];
        double width = (max - min) / BINS;
        for (double value : values) {
            counts[min == max ? 0 : bin(value, min, max, width)]++;
        }
        return counts;
    }

    /** Divides first and then corrects the bin by its edges, so that rounding never moves a value that lies on one. */
    private static int bin(double value, double min, double max, double width) {
        int bin = Math.min((int) ((value - min) / (max - min) * BINS), BINS - 1);
        if (value < min + bin * width) {
            return bin - 1;
        }
        return bin < BINS - 1 && value >= min + (bin + 1) * width ? bin + 1 : bin;
    }
}
