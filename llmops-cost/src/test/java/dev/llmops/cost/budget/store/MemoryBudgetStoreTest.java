package dev.llmops.cost.budget.store;

class MemoryBudgetStoreTest extends BudgetStoreContract {

    @Override
    BudgetStore newStore() {
        return BudgetStore.inMemory();
    }
}
