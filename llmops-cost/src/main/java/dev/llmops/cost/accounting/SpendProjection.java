package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The spend to expect if it goes on at one rate: the <em>run rate</em>, the mean of a past time that the reader can see in
 * {@code basis}. No trend, weekday or season is assumed. Rates and what follows from them have 18 significant digits.
 *
 * @param limit the amount that must not be passed, or that was committed to
 * @param spent the amount spent at {@code at}
 * @param perHour the mean spend of an hour over {@code basis}
 * @param basis the length of the time over which the mean was taken
 * @param at the present
 * @param end the end of the window or term
 * @since 0.1.0
 */
public record SpendProjection(
        BigDecimal limit, BigDecimal spent, BigDecimal perHour, Duration basis, Instant at, Instant end) {

    private static final MathContext QUOTIENT = new MathContext(18, RoundingMode.HALF_EVEN);
    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

    /**
     * Projects by the mean rate of a past time.
     *
     * @param limit the amount that must not be passed, or that was committed to
     * @param spent the amount spent so far
     * @param recent the amount spent within {@code basis}; all of {@code spent} where that is the time since the start
     * @param basis the length of that time, above zero
     * @param at the present
     * @param end the end of the window or term
     * @return the projection
     * @throws IllegalArgumentException if {@code basis} is not above zero
     */
    public static SpendProjection atRateOf(
            BigDecimal limit, BigDecimal spent, BigDecimal recent, Duration basis, Instant at, Instant end) {
        if (basis.isZero() || basis.isNegative()) {
            throw new IllegalArgumentException("basis is " + basis + " — above zero — wait until some time has passed");
        }
        BigDecimal perHour = recent.multiply(SECONDS_PER_HOUR).divide(seconds(basis), QUOTIENT);
        return new SpendProjection(limit, spent, perHour, basis, at, end);
    }

    /**
     * Returns when the limit will be reached at this rate.
     *
     * @return the instant, {@code at} if it is reached already; empty if it will not be before {@code end}
     */
    public Optional<Instant> exhaustedAt() {
        BigDecimal rest = limit.subtract(spent);
        if (rest.signum() <= 0) {
            return Optional.of(at);
        }
        if (spentAtEnd().compareTo(limit) < 0) {
            return Optional.empty();
        }
        long seconds = rest.multiply(SECONDS_PER_HOUR)
                .divide(perHour, 0, RoundingMode.CEILING)
                .longValueExact();
        return Optional.of(at.plusSeconds(seconds));
    }

    /**
     * Returns the spend at the end at this rate.
     *
     * @return the amount
     */
    public BigDecimal spentAtEnd() {
        Duration left = at.isBefore(end) ? Duration.between(at, end) : Duration.ZERO;
        return spent.add(perHour.multiply(seconds(left)).divide(SECONDS_PER_HOUR, QUOTIENT));
    }

    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9));
    }
}
