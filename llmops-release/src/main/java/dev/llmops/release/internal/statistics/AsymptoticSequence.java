package dev.llmops.release.internal.statistics;

/**
 * Gives confidence sequences for means: intervals that hold at every look at once, for large samples.
 *
 * <p>Half width σ̂·√(2(nρ² + 1) ÷ (n²ρ²) · ln(√(nρ² + 1) ÷ α)) with ρ² = (−2 ln α + ln(−2 ln α + 1)) ÷ n*
 * (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences", 2024, equation 10). n* is the sample size at which the sequence is tightest.
 */
public final class AsymptoticSequence {

    /** The sample size at which the gate's sequences are tightest: {@value}. */
    public static final int DEFAULT_TIGHTEST_AT = 5_000;

    /** The smallest sample of an arm that is used: {@value}. */
    public static final int MIN_SAMPLE = 100;

    private AsymptoticSequence() {}

    /**
     * Returns the half width of the sequence.
     *
     * @param n sample size, ≥ 1
     * @param standardDeviation σ̂ ≥ 0
     * @param alpha two-sided level, in (0, 1); for a one-sided level a pass 2a
     * @param tightestAt n*, ≥ 1
     * @return the distance from the mean to either end
     */
    public static double halfWidth(double n, double standardDeviation, double alpha, double tightestAt) {
        double rho2 = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tightestAt;
        double grown = n * rho2 + 1;
        return standardDeviation * Math.sqrt(2 * grown / (n * n * rho2) * Math.log(Math.sqrt(grown) / alpha));
    }
}
