package dev.llmops.cost.budget;

import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link BudgetStats}. */
final class BudgetCounts {

    final LongAdder granted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder downgraded = new LongAdder();
    final LongAdder warnings = new LongAdder();
    final LongAdder storeFailures = new LongAdder();
    final LongAdder failedOpen = new LongAdder();
    final LongAdder failedClosed = new LongAdder();
    private final LongAdder[] settled = new LongAdder[BudgetStore.Settled.values().length];
    final LongAdder unpricedWithoutHold = new LongAdder();
    final LongAdder settlementsDropped = new LongAdder();

    BudgetCounts() {
        for (int i = 0; i < settled.length; i++) {
            settled[i] = new LongAdder();
        }
    }

    void settled(BudgetStore.Settled met) {
        settled[met.ordinal()].increment();
    }

    BudgetStats stats(int settlementsWaiting) {
        return new BudgetStats(
                granted.sum(),
                refused.sum(),
                downgraded.sum(),
                warnings.sum(),
                storeFailures.sum(),
                failedOpen.sum(),
                failedClosed.sum(),
                count(BudgetStore.Settled.ON_TIME),
                count(BudgetStore.Settled.LATE),
                count(BudgetStore.Settled.UNHELD),
                count(BudgetStore.Settled.REPEATED),
                unpricedWithoutHold.sum(),
                settlementsWaiting,
                settlementsDropped.sum());
    }

    private long count(BudgetStore.Settled met) {
        return settled[met.ordinal()].sum();
    }
}
