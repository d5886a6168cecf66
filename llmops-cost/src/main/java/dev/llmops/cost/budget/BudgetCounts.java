package dev.llmops.cost.budget;

import dev.llmops.cost.budget.internal.CounterStore;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
    private final Map<CounterStore.Settled, LongAdder> settled = new EnumMap<>(CounterStore.Settled.class);
    final LongAdder unpricedWithoutHold = new LongAdder();
    final LongAdder settlementsDropped = new LongAdder();

    BudgetCounts() {
        for (CounterStore.Settled met : CounterStore.Settled.values()) {
            settled.put(met, new LongAdder());
        }
    }

    void settled(CounterStore.Settled met) {
        of(met).increment();
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
                count(CounterStore.Settled.ON_TIME),
                count(CounterStore.Settled.LATE),
                count(CounterStore.Settled.UNHELD),
                count(CounterStore.Settled.REPEATED),
                unpricedWithoutHold.sum(),
                settlementsWaiting,
                settlementsDropped.sum());
    }

    private long count(CounterStore.Settled met) {
        return of(met).sum();
    }

    private LongAdder of(CounterStore.Settled met) {
        return Objects.requireNonNull(settled.get(met));
    }
}
