package dev.llmops.cost.budget.store;

import dev.llmops.cost.budget.NanoAmount;

/** Spend and holds of a counter, in {@link NanoAmount}. */
public record Level(long spent, long held) {

    public long used() {
        return spent + held;
    }
}
