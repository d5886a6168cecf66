package dev.llmops.cost.budget;

/**
 * A call was let through although it takes a budget over a limit.
 *
 * @param limit which limit
 * @param budget the budget, as it stood before the call
 * @since 0.1.0
 */
public record BudgetWarning(Limit limit, BudgetStatus budget) {

    /** The limits that can be passed with a warning. */
    public enum Limit {
        /** The soft limit. */
        SOFT,
        /** The hard limit of a budget that only warns. */
        HARD
    }
}
