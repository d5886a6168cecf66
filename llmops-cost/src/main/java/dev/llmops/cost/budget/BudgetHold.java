package dev.llmops.cost.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Room taken for one call in every budget that counts it.
 *
 * <p>It is given back by {@link #settle} or {@link #release}, whichever comes first; the rest are repeats without
 * effect. When neither comes, it expires by itself. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class BudgetHold {

    private final Settlements settlements;
    private final BudgetRequest request;
    private final Instant expiresAt;
    private final List<Counter> counters;

    BudgetHold(Settlements settlements, BudgetRequest request, Instant expiresAt, List<Counter> counters) {
        this.settlements = settlements;
        this.request = request;
        this.expiresAt = expiresAt;
        this.counters = counters;
    }

    /**
     * Returns the request as it was asked for, or as a {@link Budget.Downgrade} replaced it.
     *
     * @return the request to carry out
     */
    public BudgetRequest request() {
        return request;
    }

    /**
     * Returns the instant at which the hold expires.
     *
     * @return the instant; a settlement after it is still added in full
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Replaces the hold by what the call cost, in the window in which the hold was taken. Returns at once; while the
     * store is away the settlement waits and is repeated.
     *
     * @param actual the cost, in the budgets' currency, not negative; may be more than the estimate
     * @throws IllegalArgumentException if the cost is negative or over {@link Budget#MAX_AMOUNT}
     */
    public void settle(BigDecimal actual) {
        settlements.settle(this, actual);
    }

    /** Gives the room back for a call that was not made, as {@code settle(0)} does. */
    public void release() {
        settle(BigDecimal.ZERO);
    }

    List<Counter> counters() {
        return counters;
    }
}
