package dev.llmops.cost.budget;

import dev.llmops.cost.accounting.SpendProjection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one counter of one budget.
 *
 * @param budget the budget's name
 * @param scope the counter, such as {@code tenant=acme, user=u1}, or {@code global}
 * @param currency ISO 4217 code of every amount here
 * @param softLimit where warnings begin, or null
 * @param hardLimit what must not be passed, or null
 * @param spent what settled calls cost in this window, or null while the store cannot be asked
 * @param held what calls under way may still cost, or null while the store cannot be asked
 * @param windowStart since when spend counts
 * @param windowEnd when a calendar window ends and the counter starts from zero; for a rolling window, when the oldest spend
 *     may leave next
 * @since 0.1.0
 */
public record BudgetStatus(
        String budget,
        String scope,
        String currency,
        @Nullable BigDecimal softLimit,
        @Nullable BigDecimal hardLimit,
        @Nullable BigDecimal spent,
        @Nullable BigDecimal held,
        Instant windowStart,
        Instant windowEnd) {

    /**
     * Returns the rest of the hard limit after spend and holds; negative when it is passed.
     *
     * @return the amount, or empty without a hard limit or while the store cannot be asked
     */
    public Optional<BigDecimal> remaining() {
        return hardLimit == null || spent == null || held == null
                ? Optional.empty()
                : Optional.of(hardLimit.subtract(spent).subtract(held));
    }

    /**
     * Returns when the hard limit will be reached, if spend goes on at the mean rate of the window so far. For a rolling
     * window this looks no further than to when the oldest spend may leave it. To project by the rate of the last hours
     * instead, take that spend from the ledger and call {@link SpendProjection#atRateOf}.
     *
     * @param now the present
     * @return the projection; empty without a hard limit, while the store cannot be asked, or before any time has passed
     */
    public Optional<SpendProjection> projection(Instant now) {
        return hardLimit == null || spent == null || !windowStart.isBefore(now)
                ? Optional.empty()
                : Optional.of(SpendProjection.atRateOf(
                        hardLimit, spent, spent, Duration.between(windowStart, now), now, windowEnd));
    }
}
