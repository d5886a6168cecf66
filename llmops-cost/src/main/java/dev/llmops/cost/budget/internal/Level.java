package dev.llmops.cost.budget.internal;

/** Spend and holds of a counter, in billionths of the currency unit. */
public record Level(long spent, long held) {

    public long used() {
        return spent + held;
    }
}
