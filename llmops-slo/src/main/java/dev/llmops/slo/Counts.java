package dev.llmops.slo;

import java.util.OptionalDouble;

/**
 * Bad and all events of a span of time. An indicator that averages scores counts a score of 0.9 as 0.1 bad.
 *
 * @param bad the weight of bad events, in [0, total]
 * @param total the number of events, &ge; 0
 * @since 0.1.0
 */
public record Counts(double bad, double total) {

    /** No events at all. */
    public static final Counts NONE = new Counts(0, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if bad is negative, over total, or not a number
     */
    public Counts {
        if (!(bad >= 0 && bad <= total && Double.isFinite(total))) {
            throw new IllegalArgumentException("bad is " + bad + " of " + total + " — in [0, total]");
        }
    }

    /**
     * Good events.
     *
     * @return total − bad
     */
    public double good() {
        return total - bad;
    }

    /**
     * Returns true if nothing was measured.
     *
     * @return true when there are no events
     */
    public boolean isEmpty() {
        return total == 0;
    }

    /**
     * The share of bad events.
     *
     * @return bad ÷ total, in [0, 1]; empty without events, because silence is neither good nor bad
     */
    public OptionalDouble errorRatio() {
        return isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(bad / total);
    }
}
