package dev.llmops.cost.budget;

import java.math.BigDecimal;

/**
 * Asks for room before a call.
 *
 * @param callId the id of the call, not empty and never used for another one
 * @param subject on whose behalf and with which model
 * @param estimate upper bound of what the call may cost, in the budgets' currency, not negative; see {@link HoldEstimate}
 * @since 0.1.0
 */
public record BudgetRequest(String callId, BudgetSubject subject, BigDecimal estimate) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the call id is empty, or the estimate is negative or over {@link Budget#MAX_AMOUNT}
     */
    public BudgetRequest {
        if (callId.isEmpty()) {
            throw new IllegalArgumentException("callId must not be empty");
        }
        NanoAmount.requireAmount("estimate", estimate);
    }
}
