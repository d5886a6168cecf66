package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.BudgetRefusal;

/**
 * Thrown to the code that asks a model when a budget has no room for the call.
 *
 * @since 0.1.0
 */
public final class BudgetExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient BudgetRefusal refusal;

    BudgetExceededException(BudgetRefusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /**
     * Returns which budget refused the call, and why.
     *
     * @return the refusal
     */
    public BudgetRefusal refusal() {
        return refusal;
    }
}
