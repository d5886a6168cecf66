package dev.llmops.cost.budget;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Knows what was spent before a budget began to count.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SpendHistory {

    /**
     * Returns the cost of all calls since an instant, in the budgets' currency.
     *
     * @param since when the calls began at the earliest
     * @param by what to split by
     * @return the sums, each under a subject with a value for what was asked for and nothing else
     * @throws SQLException if it cannot be had
     */
    Map<BudgetSubject, BigDecimal> spentSince(Instant since, Set<BudgetDimension> by) throws SQLException;
}
