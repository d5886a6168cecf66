package dev.llmops.spring.boot.cost;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.budget.BudgetDecision;
import dev.llmops.cost.budget.BudgetRequest;
import dev.llmops.cost.budget.BudgetSubject;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.budget.HoldEstimate;
import java.math.BigDecimal;
import java.util.function.Supplier;

/**
 * Decides before a model is asked if the budgets have room for a call. Integrations that the starter installs ask it;
 * other code does so itself, between the start of a call and its request. Thread-safe; waits for Redis no longer than
 * {@code llmops.budgets.timeout}.
 *
 * @since 0.1.0
 */
public final class BudgetGuard {

    private final Budgets budgets;
    private final Supplier<PriceBook> prices;
    private final int usualOutputTokens;

    BudgetGuard(Budgets budgets, Supplier<PriceBook> prices, int usualOutputTokens) {
        this.budgets = budgets;
        this.prices = prices;
        this.usualOutputTokens = usualOutputTokens;
    }

    /**
     * Reserves what a call may cost, or ends it as rejected. Asked again about the same call, it does nothing, since
     * integrations may stand around one another.
     *
     * @param call the call, which has started
     * @param inputTokens tokens of the prompt, or an upper bound such as its bytes in UTF-8
     * @param maxOutputTokens the limit of output tokens that the request names, or 0 for
     *     {@code llmops.budgets.max-output-tokens}
     * @throws BudgetExceededException if a budget has no room; the call has ended then
     */
    public void admit(LlmCall call, long inputTokens, long maxOutputTokens) {
        if (call.live().attachment(this) != null) {
            return;
        }
        call.live().attach(this, true);
        CallInfo info = call.live().info();
        BudgetSubject subject = BudgetSubject.builder()
                .tenant(info.tenant())
                .user(info.user())
                .feature(info.feature())
                .model(info.requestModel())
                .build();
        long outputTokens = maxOutputTokens > 0 ? maxOutputTokens : usualOutputTokens;
        BudgetDecision decision = budgets.hold(
                new BudgetRequest(info.callId().toString(), subject, estimate(info, inputTokens, outputTokens)));
        if (decision instanceof BudgetDecision.Refused refused) {
            call.reject(error(refused.refusal()));
            throw new BudgetExceededException(refused.refusal());
        }
    }

    /** Returns an upper bound; zero for a model without a price. */
    private BigDecimal estimate(CallInfo info, long inputTokens, long outputTokens) {
        return prices.get()
                .find(info.provider(), info.requestModel())
                .map(model -> HoldEstimate.create()
                        .addModel(model, info.startedAt(), inputTokens, outputTokens)
                        .upperBound())
                .orElse(BigDecimal.ZERO);
    }

    private static CallError error(BudgetDecision.Refusal refusal) {
        ErrorKind kind = refusal.reason() == BudgetDecision.Refusal.Reason.LIMIT_REACHED
                ? ErrorKind.BUDGET_EXCEEDED
                : ErrorKind.DEPENDENCY_FAILED;
        return CallError.of(kind, refusal.message());
    }
}
