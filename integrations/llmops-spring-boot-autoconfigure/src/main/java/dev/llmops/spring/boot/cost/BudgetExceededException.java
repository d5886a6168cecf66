package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.BudgetDecision;

/**
 * Thrown to the code that asks a model when a budget has no room for the call.
 *
 * @since 0.1.0
 */
public final class BudgetExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient BudgetDecision.Refusal refusal;

    BudgetExceededException(BudgetDecision.Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /**
     * Returns which budget refused the call, and why.
     *
     * @return the refusal
     */
    public BudgetDecision.Refusal refusal() {
        return refusal;
    }
}
