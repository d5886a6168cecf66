package dev.llmops.cost.accounting;

import dev.llmops.core.record.CostState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The average cost of a unit of work. Quotients have {@value #DIGITS} significant digits, rounded half even; the sums
 * they come from are exact.
 *
 * @param currency the ISO 4217 code of all amounts
 * @param totals the calls
 * @param activeUsers how many users made them
 * @since 0.1.0
 */
public record UnitEconomics(String currency, AccountTotals totals, long activeUsers) {

    /** The significant digits of a quotient: {@value}. */
    public static final int DIGITS = 18;

    private static final MathContext QUOTIENT = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    static UnitEconomics of(AccountTotals totals, String currency, long activeUsers) {
        return new UnitEconomics(currency, totals, activeUsers);
    }

    /**
     * The cost of a call, over the calls that have an amount.
     *
     * @return the average, empty if there is no such call
     */
    public Optional<BigDecimal> perCall() {
        return per(1, pricedCalls());
    }

    /**
     * The cost of a million calls.
     *
     * @return a million averages, empty if no call has an amount
     */
    public Optional<BigDecimal> perMillionCalls() {
        return per(1_000_000, pricedCalls());
    }

    /**
     * The cost of a call that completed: what failed, was cancelled or timed out is paid by those that did.
     *
     * @return the cost of all calls over the completed ones, empty if none did
     */
    public Optional<BigDecimal> perSuccess() {
        return per(1, totals.successes());
    }

    /**
     * The cost of a user who made at least one call.
     *
     * @return the average, empty if no user is known
     */
    public Optional<BigDecimal> perActiveUser() {
        return per(1, activeUsers);
    }

    /**
     * The cost of a thousand users.
     *
     * @return a thousand averages, empty if no user is known
     */
    public Optional<BigDecimal> perThousandUsers() {
        return per(1_000, activeUsers);
    }

    /**
     * The cost of a million tokens, in and out together.
     *
     * @return the average, empty if no token is known
     */
    public Optional<BigDecimal> perMillionTokens() {
        return per(1_000_000, totals.inputTokens() + totals.outputTokens());
    }

    private long pricedCalls() {
        return totals.calls() - totals.states().getOrDefault(CostState.UNPRICED, 0L);
    }

    private Optional<BigDecimal> per(long times, long count) {
        return count <= 0
                ? Optional.empty()
                : Optional.of(totals.amount(currency)
                        .multiply(BigDecimal.valueOf(times))
                        .divide(BigDecimal.valueOf(count), QUOTIENT));
    }
}
