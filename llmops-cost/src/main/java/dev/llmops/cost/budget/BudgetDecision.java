package dev.llmops.cost.budget;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    record Granted(BudgetHold hold, List<Warning> warnings, boolean downgraded) implements BudgetDecision {

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
    record Refused(Refusal refusal) implements BudgetDecision {}

    /**
     * The reason for which a call was kept out.
     *
     * @param reason what kind of refusal it is
     * @param budget the budget that refuses, as it stood before the call
     * @param requested the estimate that found no room
     */
    record Refusal(Reason reason, BudgetStatus budget, BigDecimal requested) {

        private static final Pattern DIMENSION = Pattern.compile("(?:^|, )"
                + Arrays.stream(BudgetDimension.values())
                        .map(BudgetDimension::label)
                        .collect(Collectors.joining("|", "(", ")"))
                + "=");

        /** The kinds of refusal. */
        public enum Reason {
            /** The hard limit leaves no room for the estimate. */
            LIMIT_REACHED,
            /** The store cannot be asked, and the budget fails closed. */
            STORE_UNAVAILABLE
        }

        /**
         * Returns one sentence with the numbers of the refusal. It names the dimensions of the budget's scope and not their
         * values, which are ids of users and tenants; {@link BudgetStatus#scope()} has those.
         *
         * @return a message for a log or for the caller's answer
         */
        public String message() {
            String who = "budget '" + budget.budget() + "' (" + dimensions() + ")";
            return switch (reason) {
                case LIMIT_REACHED ->
                    who + " has no room for " + plain(requested) + " " + budget.currency() + ": limit "
                            + plain(budget.hardLimit()) + ", spent " + plain(budget.spent()) + ", held "
                            + plain(budget.held()) + ", window ends " + budget.windowEnd();
                case STORE_UNAVAILABLE ->
                    who + " cannot be checked, because its store does not answer, and is set to refuse then; limit "
                            + plain(budget.hardLimit()) + " " + budget.currency() + ", window ends "
                            + budget.windowEnd();
            };
        }

        private String dimensions() {
            String named = DIMENSION
                    .matcher(budget.scope())
                    .results()
                    .map(dimension -> dimension.group(1))
                    .distinct()
                    .collect(Collectors.joining(", "));
            return named.isEmpty() ? "global" : named;
        }

        private static String plain(@Nullable BigDecimal amount) {
            return amount == null ? "unknown" : amount.toPlainString();
        }
    }

    /**
     * A call was let through although it takes a budget over a limit.
     *
     * @param limit which limit
     * @param budget the budget, as it stood before the call
     */
    record Warning(Limit limit, BudgetStatus budget) {

        /** The limits that can be passed with a warning. */
        public enum Limit {
            /** The soft limit. */
            SOFT,
            /** The hard limit of a budget that only warns. */
            HARD
        }
    }
}
