package dev.llmops.cost.budget;

import dev.llmops.cost.budget.internal.CounterStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Knows the holds under way, and turns what a call cost into a settlement of its counters. */
final class Settlements {

    /** The time for which a call id is remembered after its settlement, so that repeats are known as such. */
    static final Duration REMEMBER = Duration.ofHours(1);

    private final SettlementQueue queue;
    private final InstantSource clock;
    private final ActiveHolds underWay = new ActiveHolds();

    Settlements(SettlementQueue queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    void expect(BudgetHold hold) {
        underWay.add(hold, clock.instant());
    }

    @Nullable
    BudgetHold holdOf(String callId) {
        return underWay.get(callId);
    }

    void settle(BudgetHold hold, BigDecimal actual) {
        NanoAmount.requireAmount("actual", actual);
        underWay.remove(hold.request().callId());
        if (!hold.counters().isEmpty()) {
            queue.submit(new CounterStore.Settle(
                    hold.request().callId(),
                    NanoAmount.ceil(actual),
                    Counter.stored(hold.counters()),
                    clock.millis(),
                    REMEMBER.toMillis()));
        }
    }
}
