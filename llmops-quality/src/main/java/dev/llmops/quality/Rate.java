package dev.llmops.quality;

import java.util.Locale;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * Share of a count, with its 95 % interval by Wilson (1927).
 *
 * @param count the number of events that have the property
 * @param total the number of events
 * @since 0.1.0
 */
public record Rate(long count, long total) {

    /** The total under which a rate decides nothing. */
    public static final int MIN_TOTAL = 30;

    /** No events. */
    public static final Rate NONE = new Rate(0, 0);

    private static final double ALPHA = 0.05;

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if the count is negative or exceeds the total
     */
    public Rate {
        if (count < 0 || count > total) {
            throw new IllegalArgumentException("count is out of range (" + count + " of " + total
                    + ") — 0 to total — count a case in both or in none");
        }
    }

    /**
     * Returns the rate.
     *
     * @return the ratio, in 0..1, or NaN without events
     */
    public double ratio() {
        return total == 0 ? Double.NaN : (double) count / total;
    }

    /**
     * Returns the lower end of the interval.
     *
     * @return the bound, in 0..1; 0 without events
     */
    public double lower() {
        return total == 0 ? 0 : interval().getLowerBound();
    }

    /**
     * Returns the upper end of the interval.
     *
     * @return the bound, in 0..1; 1 without events
     */
    public double upper() {
        return total == 0 ? 1 : interval().getUpperBound();
    }

    private org.apache.commons.statistics.interval.Interval interval() {
        return BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                Math.toIntExact(total), Math.toIntExact(count), ALPHA);
    }

    /**
     * Returns true if there are enough events to act on the rate.
     *
     * @return true from {@value #MIN_TOTAL} events
     */
    public boolean isSufficient() {
        return total >= MIN_TOTAL;
    }

    /**
     * Merges with the counts of another instance.
     *
     * @param other the other rate
     * @return the rate of both
     */
    public Rate plus(Rate other) {
        return new Rate(count + other.count, total + other.total);
    }

    /** Returns the rate with its interval, or says that there is too little data. */
    @Override
    public String toString() {
        return isSufficient()
                ? String.format(Locale.ROOT, "%.4f [%.4f, %.4f] (%d of %d)", ratio(), lower(), upper(), count, total)
                : "insufficient data (" + count + " of " + total + ")";
    }
}
