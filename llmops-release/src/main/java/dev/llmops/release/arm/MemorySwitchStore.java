package dev.llmops.release.arm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store of one process. */
final class MemorySwitchStore implements SwitchStore {

    private final Map<String, SwitchState> states = new HashMap<>();
    private final Map<String, List<SwitchEvent>> events = new HashMap<>();

    @Override
    public synchronized Optional<SwitchState> read(String changeId) {
        return Optional.ofNullable(states.get(changeId));
    }

    @Override
    public synchronized boolean compareAndSet(SwitchState next, SwitchEvent event) {
        SwitchState stored = states.get(next.changeId());
        if ((stored == null ? 0 : stored.revision()) != next.revision() - 1) {
            return false;
        }
        states.put(next.changeId(), next);
        events.computeIfAbsent(next.changeId(), id -> new ArrayList<>()).add(event);
        return true;
    }

    @Override
    public synchronized List<SwitchEvent> events(String changeId) {
        return List.copyOf(events.getOrDefault(changeId, List.of()));
    }

    @Override
    public void close() {}
}
