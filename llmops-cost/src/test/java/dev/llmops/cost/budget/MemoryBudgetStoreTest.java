package dev.llmops.cost.budget;

class MemoryBudgetStoreTest extends BudgetStoreContract {

    @Override
    BudgetStore newStore() {
        return BudgetStore.inMemory();
    }
}
