package dev.llmops.cost.budget;

import org.jspecify.annotations.Nullable;

/**
 * Proposes a cheaper call when a budget has no room for the one asked for.
 *
 * <p>Runs on the caller's thread, with nothing held; must be safe for use by many threads. What it throws reaches the
 * caller of {@link Budgets#hold}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Downgrade {

    /**
     * Proposes what to do instead.
     *
     * @param request what was asked for
     * @param refusal the budget that has no room for it
     * @return the same call with another model and estimate, or null to let the refusal stand
     */
    @Nullable
    BudgetRequest instead(BudgetRequest request, BudgetRefusal refusal);
}
