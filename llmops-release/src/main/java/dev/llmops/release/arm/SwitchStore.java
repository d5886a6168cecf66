package dev.llmops.release.arm;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the state of switches for a fleet. Implementations are thread-safe; a state and its event are stored together or
 * not at all.
 *
 * @since 0.1.0
 */
public interface SwitchStore extends AutoCloseable {

    /**
     * Returns the newest state of a release.
     *
     * @param changeId the release
     * @return the state, empty before the release began
     * @throws SwitchStoreException if the store cannot be reached
     */
    Optional<SwitchState> read(String changeId);

    /**
     * Stores the next state unless another one came first.
     *
     * @param next the state, whose revision must follow the stored one's; 1 for the first
     * @param event the change
     * @return false if the stored revision is another one; nothing was changed then
     * @throws SwitchStoreException if the store cannot be reached; the change may or may not have been stored
     */
    boolean compareAndSet(SwitchState next, SwitchEvent event);

    /**
     * Returns the changes of a release.
     *
     * @param changeId the release
     * @return the events in the order of their revisions
     * @throws SwitchStoreException if the store cannot be reached
     */
    List<SwitchEvent> events(String changeId);

    @Override
    void close();

    /**
     * Returns a store for one process.
     *
     * @return an empty store
     */
    static SwitchStore inMemory() {
        return new MemorySwitchStore();
    }
}
