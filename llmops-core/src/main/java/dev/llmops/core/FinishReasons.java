package dev.llmops.core;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CallError;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The finish reasons of the choices of one call; guarded by the monitor of its {@link CallState}. */
final class FinishReasons {

    private final SortedMap<Integer, String> byChoice = new TreeMap<>();

    /**
     * Adds the reason of a choice. A repeated reason is dropped: the first stays, unless it is empty or the later one says
     * that the choice broke off.
     *
     * @return false if there is no room for the choice
     */
    boolean add(int choice, String reason) {
        String known = byChoice.get(choice);
        if (known == null && byChoice.size() >= CallState.MAX_LIST_ENTRIES) {
            return false;
        }
        boolean isNews = known == null || known.isEmpty() || (!reason.isEmpty() && ProviderErrors.isFailure(reason));
        if (isNews) {
            byChoice.put(choice, Truncation.cut(reason, Truncation.MAX_NAME_LENGTH));
        }
        return true;
    }

    boolean isEmpty() {
        return byChoice.isEmpty();
    }

    Optional<CallError> verdict(int choices) {
        return ProviderErrors.endOfStream(choices, byChoice.values());
    }

    /** Returns the reasons in the order of their choices. */
    List<String> toList() {
        return List.copyOf(byChoice.values());
    }
}
