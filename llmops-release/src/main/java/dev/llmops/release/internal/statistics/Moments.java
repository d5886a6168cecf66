package dev.llmops.release.internal.statistics;

/**
 * Holds the size, mean and variance of a sample.
 *
 * @param n sample size
 * @param mean the mean
 * @param variance the variance with n − 1, ≥ 0
 */
public record Moments(long n, double mean, double variance) {

    /**
     * Returns the moments of values that are 0 or 1.
     *
     * @param ones how many are 1
     * @param n how many there are, ≥ 1
     * @return their moments
     */
    public static Moments ofBinary(long ones, long n) {
        double mean = (double) ones / n;
        return new Moments(n, mean, n < 2 ? 0 : mean * (1 - mean) * n / (n - 1));
    }

    /**
     * Returns the moments of a rate whose spread must not be underrated, which is as if one more unit were bad: a sample without
     * a bad unit has no spread, and yet its rate may be one in n.
     *
     * @param bad how many units are bad
     * @param n how many there are, ≥ 1
     * @return their moments
     */
    public static Moments ofRate(long bad, long n) {
        Moments exact = ofBinary(bad, n);
        return new Moments(n, exact.mean(), exact.variance() + 1.0 / n);
    }
}
