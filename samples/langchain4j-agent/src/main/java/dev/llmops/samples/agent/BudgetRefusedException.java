package dev.llmops.samples.agent;

import dev.llmops.cost.budget.BudgetDecision;

/** A budget has no room for a request; the message names budget, limit and spend. */
final class BudgetRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BudgetRefusedException(BudgetDecision.Refusal refusal) {
        super(refusal.message());
    }
}
