package dev.llmops.release.evidence;

import java.math.BigInteger;

/**
 * Sums of one metric in one arm and stage. Whole numbers throughout, so that sums in any order are equal to the bit.
 *
 * @param n units that were counted
 * @param bad units that were bad
 * @param sumNanos sum of the values in billionths; 0 for rates
 * @param squares sum of their squares; 0 for rates
 * @since 0.1.0
 */
public record MetricSums(long n, long bad, long sumNanos, BigInteger squares) {

    /** Nothing counted. */
    public static final MetricSums NONE = new MetricSums(0, 0, 0, BigInteger.ZERO);

    private static final double NANO = 1e-9;

    static MetricSums ofUnit(boolean bad) {
        return new MetricSums(1, bad ? 1 : 0, 0, BigInteger.ZERO);
    }

    static long nanos(double value) {
        return Math.round(value / NANO);
    }

    /**
     * Adds values up.
     *
     * @throws ArithmeticException if they do not fit, since a sum that wraps would be a wrong verdict
     */
    static long sum(long nanos, long other) {
        long sum = nanos + other;
        if (((nanos ^ sum) & (other ^ sum)) < 0) {
            throw new ArithmeticException(
                    "costs of a release add up to more than 9.2 billion — a sum under that is allowed"
                            + " — log costs in a larger unit of money");
        }
        return sum;
    }

    static MetricSums ofValue(double value) {
        long nanos = nanos(value);
        return new MetricSums(1, 0, nanos, BigInteger.valueOf(nanos).pow(2));
    }

    /**
     * Adds other sums.
     *
     * @param other sums of other units
     * @return the sums over both
     * @throws ArithmeticException if values add up to more than 9.2 billion
     */
    public MetricSums plus(MetricSums other) {
        return new MetricSums(n + other.n, bad + other.bad, sum(sumNanos, other.sumNanos), squares.add(other.squares));
    }

    /**
     * Returns the share of bad units.
     *
     * @return a ratio in [0, 1], NaN without units
     */
    public double badRatio() {
        return n == 0 ? Double.NaN : (double) bad / n;
    }

    /**
     * Returns the mean of the values.
     *
     * @return the mean in units and not billionths, NaN without values
     */
    public double mean() {
        return n == 0 ? Double.NaN : sumNanos * NANO / n;
    }

    /**
     * Returns the variance of the values, with n − 1.
     *
     * @return the variance in units squared, 0 under two values
     */
    public double variance() {
        if (n < 2) {
            return 0;
        }
        BigInteger sum = BigInteger.valueOf(sumNanos);
        // n·Σx² − (Σx)², exact before the division
        BigInteger spread = squares.multiply(BigInteger.valueOf(n)).subtract(sum.multiply(sum));
        return Math.max(0, spread.doubleValue() / ((double) n * (n - 1)) * NANO * NANO);
    }
}
