package dev.llmops.cost.budget.store;

import dev.llmops.cost.budget.Nanos;

/** What a counter holds, in {@link Nanos}. */
public record Level(long spent, long held) {

    public long used() {
        return spent + held;
    }
}
