package dev.llmops.cost.budget;

/** What a counter holds, in {@link Nanos}. */
record Level(long spent, long held) {

    long used() {
        return spent + held;
    }
}
