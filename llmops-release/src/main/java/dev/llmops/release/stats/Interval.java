package dev.llmops.release.stats;

/**
 * Holds the ends of a confidence set.
 *
 * @param lower the lower end, possibly negative infinity
 * @param upper the upper end, possibly positive infinity
 * @since 0.1.0
 */
public record Interval(double lower, double upper) {

    /**
     * Returns true if a value lies within the interval, its ends included.
     *
     * @param value the value
     * @return true if it lies within
     */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
