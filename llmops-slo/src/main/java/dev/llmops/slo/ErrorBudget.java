package dev.llmops.slo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The share of bad events that a target leaves, and its arithmetic.
 *
 * <p>The budget is 1 − target, in decimal: 0.001, not the double of {@code 1 - 0.999}. A threshold is factor × budget,
 * also in decimal and turned into a double once; that double is compared with in process and printed into generated
 * rules, so that both fire on the same event.
 *
 * @param target the share of good events that is promised, in (0, 1]
 * @param period the nominal length of the objective's window, &gt; 0
 * @since 0.1.0
 */
public record ErrorBudget(BigDecimal target, Duration period) {

    private static final MathContext EXACT_ENOUGH = MathContext.DECIMAL128;

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if the target is outside (0, 1] or the period is not positive
     */
    public ErrorBudget {
        if (target.signum() <= 0 || target.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "target is " + target.toPlainString() + " — in (0, 1] — pass 0.999 for 99.9 %");
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period is " + period + " — longer than zero");
        }
    }

    /**
     * The allowed share of bad events.
     *
     * @return 1 − target, exact, in [0, 1)
     */
    public BigDecimal ratio() {
        return BigDecimal.ONE.subtract(target);
    }

    /**
     * Returns how many times faster than allowed the budget is being spent.
     *
     * @param errorRatio bad ÷ total, in [0, 1]
     * @return error ratio ÷ budget; infinite for any error under a target of 1
     */
    public double burnRate(double errorRatio) {
        return errorRatio == 0 ? 0 : errorRatio / ratio().doubleValue();
    }

    /**
     * Returns the share of the budget that is left.
     *
     * @param errorRatio bad ÷ total over the period, in [0, 1]
     * @return 1 − burn rate; 1 is untouched, 0 spent, negative overspent and never clamped
     */
    public double remaining(double errorRatio) {
        return 1 - burnRate(errorRatio);
    }

    /**
     * The error ratio that a tier must be strictly over.
     *
     * @param factor the tier's factor
     * @return factor × budget, computed in decimal and converted once
     */
    public double threshold(BigDecimal factor) {
        return exactThreshold(factor).doubleValue();
    }

    public BigDecimal exactThreshold(BigDecimal factor) {
        return factor.multiply(ratio());
    }

    /**
     * The part of the period's budget that is spent when a tier can first fire.
     *
     * @param tier the tier
     * @return factor × long window ÷ period
     */
    public BigDecimal budgetFraction(AlertTier tier) {
        return tier.factor().multiply(seconds(tier.longWindow())).divide(seconds(period), EXACT_ENOUGH);
    }

    /**
     * Returns the time that a steady error ratio takes to push the long window over the line, after windows full of good events.
     *
     * @param tier the tier
     * @param errorRatio the steady ratio, in (0, 1]
     * @return threshold × long window ÷ ratio, to the nanosecond; empty where the tier never fires
     */
    public Optional<Duration> timeToFire(AlertTier tier, BigDecimal errorRatio) {
        BigDecimal threshold = exactThreshold(tier.factor());
        return errorRatio.compareTo(threshold) <= 0
                ? Optional.empty()
                : Optional.of(
                        ofSeconds(threshold.multiply(seconds(tier.longWindow())).divide(errorRatio, EXACT_ENOUGH)));
    }

    /**
     * Returns the time after the end of an incident, which lasted at least the short window, a tier clears.
     *
     * @param tier the tier
     * @param errorRatio the steady ratio of the incident, in (0, 1]
     * @return short window × (1 − threshold ÷ ratio), to the nanosecond; empty where the tier never fired
     */
    public Optional<Duration> timeToClear(AlertTier tier, BigDecimal errorRatio) {
        BigDecimal threshold = exactThreshold(tier.factor());
        if (errorRatio.compareTo(threshold) <= 0) {
            return Optional.empty();
        }
        BigDecimal excess = errorRatio.subtract(threshold);
        return Optional.of(
                ofSeconds(seconds(tier.shortWindow()).multiply(excess).divide(errorRatio, EXACT_ENOUGH)));
    }

    /**
     * Returns how long the rest of the budget lasts at a burn rate.
     *
     * @param remaining what is left, see {@link #remaining}
     * @param burnRate the present burn rate, &ge; 0
     * @return period × remaining ÷ burn rate; zero when nothing is left; empty when nothing burns
     */
    public Optional<Duration> timeToExhaustion(double remaining, double burnRate) {
        if (remaining <= 0) {
            return Optional.of(Duration.ZERO);
        }
        if (burnRate == 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds((long) (period.toSeconds() * remaining / burnRate)));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toSeconds()).add(BigDecimal.valueOf(duration.toNanosPart(), 9));
    }

    private static Duration ofSeconds(BigDecimal seconds) {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }
}
