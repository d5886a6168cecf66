package dev.llmops.cost.budget;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.Outcome;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Settles every call at what its record says it cost. */
final class BudgetListener implements LlmListener {

    private final Budgets budgets;
    private final Settlements settlements;
    private final BudgetCounts counts;

    BudgetListener(Budgets budgets, Settlements settlements, BudgetCounts counts) {
        this.budgets = budgets;
        this.settlements = settlements;
        this.counts = counts;
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        BigDecimal cost = costOf(record);
        BudgetHold hold = settlements.holdOf(record.info().callId().toString());
        if (hold != null) {
            hold.settle(cost == null ? hold.request().estimate() : cost);
        } else if (cost == null) {
            counts.unpricedWithoutHold.increment();
        } else if (cost.signum() > 0) {
            budgets.unheld(BudgetRequest.of(record.info(), cost), record.info().startedAt())
                    .settle(cost);
        }
    }

    /** Returns null if the cost is unknown, or in a currency that cannot be added. */
    private @Nullable BigDecimal costOf(CallRecord record) {
        if (record.outcome() == Outcome.REJECTED) {
            return BigDecimal.ZERO;
        }
        Cost cost = record.cost();
        return cost == null || !cost.currency().equals(budgets.currency()) ? null : cost.amountOrNull();
    }
}
