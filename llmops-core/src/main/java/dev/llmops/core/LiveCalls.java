package dev.llmops.core;

import dev.llmops.core.internal.Nanos;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that have not ended. A sweep abandons those whose handle nobody can reach any more, so that nobody can end
 * them, and those older than the limit; so the number of calls in flight cannot leak.
 */
final class LiveCalls {

    private final Set<CallState> calls = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private final long maxAgeNanos;

    LiveCalls(Ticker ticker, Duration maxAge) {
        this.ticker = ticker;
        this.maxAgeNanos = Nanos.of(maxAge);
    }

    void add(CallState call) {
        calls.add(call);
    }

    void remove(CallState call) {
        calls.remove(call);
    }

    int size() {
        return calls.size();
    }

    void sweep() {
        long now = ticker.nanos();
        for (CallState call : calls) {
            if (call.handle.refersTo(null)) {
                abandon(call, "unreachable", "nobody held the call any more; close it, best with try-with-resources");
            } else if (now - call.startNanos >= maxAgeNanos) {
                abandon(call, "too_old", "the call did not end within LlmOps.Builder.abandonAfter");
            }
        }
    }

    private static void abandon(CallState call, String type, String message) {
        call.end(Outcome.ABANDONED, new CallError(ErrorKind.INTERNAL, type, OptionalInt.empty(), message), List.of());
    }
}
