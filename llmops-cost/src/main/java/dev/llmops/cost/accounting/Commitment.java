package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.time.Instant;
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
