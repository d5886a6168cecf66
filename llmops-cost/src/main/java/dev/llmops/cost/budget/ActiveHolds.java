package dev.llmops.cost.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the hold of a call by its id. Calls that never end leave some time after their hold has expired. */
final class ActiveHolds {

    private static final Duration LATE = Duration.ofHours(1);

    private final Map<String, BudgetHold> holds = new LinkedHashMap<>();

    synchronized void add(BudgetHold hold, Instant now) {
        // Holds last equally long, so the oldest expire first.
        Iterator<BudgetHold> oldest = holds.values().iterator();
        while (oldest.hasNext() && oldest.next().expiresAt().plus(LATE).isBefore(now)) {
            oldest.remove();
        }
        holds.put(hold.request().callId(), hold);
    }

    synchronized @Nullable BudgetHold get(String callId) {
        return holds.get(callId);
    }

    synchronized void remove(String callId) {
        holds.remove(callId);
    }
}
