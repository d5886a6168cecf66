package dev.llmops.cost.budget;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.CallInfo;
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
            throw new IllegalArgumentException(
                    "callId is empty — an id that no other call has — pass the call itself to BudgetRequest.of");
        }
        NanoAmount.requireAmount("estimate", estimate);
    }

    /**
     * Asks for a call that has started.
     *
     * @param call the call; its user, tenant, feature and model are the subject
     * @param estimate upper bound of what the call may cost, not negative
     * @return the request
     * @throws IllegalArgumentException if the estimate is negative or over {@link Budget#MAX_AMOUNT}
     */
    public static BudgetRequest of(LlmCall call, BigDecimal estimate) {
        return of(call.live().info(), estimate);
    }

    static BudgetRequest of(CallInfo call, BigDecimal estimate) {
        BudgetSubject subject = BudgetSubject.builder()
                .tenant(call.tenant())
                .user(call.user())
                .feature(call.feature())
                .model(call.requestModel())
                .build();
        return new BudgetRequest(call.callId().toString(), subject, estimate);
    }

    /**
     * Returns the same call with another model, for a {@link Budget.Downgrade}.
     *
     * @param model the model to use instead
     * @param estimate upper bound of what it may cost
     * @return a copy
     */
    public BudgetRequest withModel(String model, BigDecimal estimate) {
        return new BudgetRequest(callId, subject.withModel(model), estimate);
    }
}
