package dev.llmops.cost.budget;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The reason for which a call was kept out.
 *
 * @param reason what kind of refusal it is
 * @param budget the budget that refuses, as it stood before the call
 * @param requested the estimate that found no room
 * @since 0.1.0
 */
public record BudgetRefusal(Reason reason, BudgetStatus budget, BigDecimal requested) {

    /** The kinds of refusal. */
    public enum Reason {
        /** The hard limit leaves no room for the estimate. */
        LIMIT_REACHED,
        /** The store cannot be asked, and the budget fails closed. */
        STORE_UNAVAILABLE
    }

    /**
     * Returns one sentence with the numbers of the refusal.
     *
     * @return a message for a log or for the caller's answer
     */
    public String message() {
        String who = "budget '" + budget.budget() + "' (" + budget.scope() + ")";
        return switch (reason) {
            case LIMIT_REACHED ->
                who + " has no room for " + plain(requested) + " " + budget.currency() + ": limit "
                        + plain(budget.hardLimit()) + ", spent " + plain(budget.spent()) + ", held "
                        + plain(budget.held()) + ", window ends " + budget.windowEnd();
            case STORE_UNAVAILABLE ->
                who + " cannot be checked, because its store does not answer, and is set to refuse then; limit "
                        + plain(budget.hardLimit()) + " " + budget.currency() + ", window ends " + budget.windowEnd();
        };
    }

    private static String plain(@Nullable BigDecimal amount) {
        return amount == null ? "unknown" : amount.toPlainString();
    }
}
