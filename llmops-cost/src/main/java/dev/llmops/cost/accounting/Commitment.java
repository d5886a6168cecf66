package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A spend that was promised to a provider for a term, used up or not. {@link dev.llmops.cost.ledger.Ledger#drawdown} says
 * how much of it is used.
 *
 * @param id names the commitment
 * @param provider who was promised the spend, or null for all providers together
 * @param amount how much, above 0
 * @param currency the ISO 4217 code of the amount
 * @param from when the term begins
 * @param to when it ends
 * @since 0.1.0
 */
public record Commitment(
        String id, @Nullable String provider, BigDecimal amount, String currency, Instant from, Instant to) {

    /**
     * Checks the terms.
     *
     * @throws IllegalArgumentException if the amount is not above 0 or the term is empty
     */
    public Commitment {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("amount is " + amount + " — above 0");
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("to is " + to + " — after from, which is " + from);
        }
    }

    /** The time at which the fee of a commitment is paid. */
    public enum Payment {
        /** All of it when the term begins. */
        UPFRONT,
        /** An equal part in each hour of the term. */
        HOURLY
    }

    /**
     * The fee paid for a commitment. Fee and amount are spread evenly over the hours of the term: each hour has its share of
     * the spend to use, and bears its share of the fee, used or not.
     *
     * @param commitment the commitment, of whole hours
     * @param fee what it costs for the whole term, in its currency, above 0; less than its amount where there is a discount
     * @param payment when the fee is paid
     * @since 0.1.0
     */
    public record Purchase(Commitment commitment, BigDecimal fee, Payment payment) {

        private static final int SCALE = 12;

        /**
         * Checks the terms.
         *
         * @throws IllegalArgumentException if the fee is not above 0 or the term is not one of whole hours
         */
        public Purchase {
            if (fee.signum() <= 0) {
                throw new IllegalArgumentException("fee is " + fee + " — above 0");
            }
            for (Instant end : new Instant[] {commitment.from, commitment.to}) {
                if (!end.equals(end.truncatedTo(ChronoUnit.HOURS))) {
                    throw new IllegalArgumentException("the term of " + commitment.id + " is " + commitment.from
                            + " to " + commitment.to + " — whole hours — round it");
                }
            }
        }

        /**
         * Returns the part of the fee that the term bears up to an instant: the fee × the time that has passed ÷ the term.
         *
         * @param until the instant
         * @return the part, at 12 decimals; 0 before the term and the whole fee after it
         */
        public BigDecimal amortized(Instant until) {
            return commitment.upTo(fee, until);
        }

        /**
         * Returns the part of the promised spend that the hours up to an instant have to use.
         *
         * @param until the instant
         * @return the part, at 12 decimals; 0 before the term and the whole amount after it
         */
        public BigDecimal offered(Instant until) {
            return commitment.upTo(commitment.amount, until);
        }
    }

    private BigDecimal upTo(BigDecimal whole, Instant until) {
        if (!until.isAfter(from)) {
            return BigDecimal.ZERO;
        }
        if (!until.isBefore(to)) {
            return whole;
        }
        BigDecimal passed = BigDecimal.valueOf(Duration.between(from, until).toMillis());
        BigDecimal term = BigDecimal.valueOf(Duration.between(from, to).toMillis());
        return whole.multiply(passed).divide(term, Purchase.SCALE, RoundingMode.HALF_EVEN);
    }

    /**
     * The use of a commitment so far.
     *
     * @param commitment the commitment
     * @param used the spend of the term so far; what passes the amount is on top of it
     * @param projection the spend to expect at the mean rate of the term so far
     * @since 0.1.0
     */
    public record Drawdown(Commitment commitment, BigDecimal used, SpendProjection projection) {

        /**
         * Returns the part of the commitment that is not used yet.
         *
         * @return the amount, 0 if the commitment is used up
         */
        public BigDecimal remaining() {
            return commitment.amount.subtract(used).max(BigDecimal.ZERO);
        }

        /**
         * Returns the part that will be paid without being used, at the mean rate of the term so far.
         *
         * @return the amount, 0 if the commitment will be used up
         */
        public BigDecimal projectedShortfall() {
            return commitment.amount.subtract(projection.spentAtEnd()).max(BigDecimal.ZERO);
        }
    }
}
