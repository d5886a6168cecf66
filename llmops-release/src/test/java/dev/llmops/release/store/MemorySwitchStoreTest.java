package dev.llmops.release.store;

import dev.llmops.release.arm.SwitchStore;

class MemorySwitchStoreTest extends SwitchStoreContract {

    private final SwitchStore store = SwitchStore.inMemory();

    @Override
    SwitchStore store() {
        return store;
    }
}
