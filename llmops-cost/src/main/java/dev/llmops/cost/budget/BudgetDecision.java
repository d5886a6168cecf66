package dev.llmops.cost.budget;

import java.util.List;

/**
 * The answer to {@link Budgets#hold}: the call may go on, or not.
 *
 * @since 0.1.0
 */
public sealed interface BudgetDecision {

    /**
     * The call may be made, with the subject and model of {@link BudgetHold#request()}.
     *
     * @param hold the room taken; settled by {@link BudgetHold#settle} or by {@link Budgets#listener()}
     * @param warnings the limits that the call passes all the same
     * @param downgraded whether a {@link Budget.Downgrade} replaced what was asked for
     */
    record Granted(BudgetHold hold, List<BudgetWarning> warnings, boolean downgraded) implements BudgetDecision {

        /** Copies the warnings. */
        public Granted {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The call must not be made; nothing is held.
     *
     * @param refusal which budget, and why
     */
    record Refused(BudgetRefusal refusal) implements BudgetDecision {}
}
