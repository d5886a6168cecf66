package dev.llmops.cost.budget.internal;

class MemoryCounterStoreTest extends CounterStoreContract {

    @Override
    CounterStore newStore() {
        return CounterStore.inMemory();
    }
}
