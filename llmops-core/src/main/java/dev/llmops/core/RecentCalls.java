package dev.llmops.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds the calls that ended lately by request id or call id, so that feedback and scores join them.
 *
 * <p>A ring holds the last calls in order of their end; whoever takes a place takes the former occupant's ids out of the
 * map. So memory is bounded by the ring, and adding a call is one atomic increment and two map operations, without a
 * lock. An entry older than the limit is not found any more.
 */
final class RecentCalls {

    private final AtomicReferenceArray<@Nullable Entry> ring;
    private final AtomicLong next = new AtomicLong();
    private final ConcurrentMap<String, Entry> byId = new ConcurrentHashMap<>();
    private final Ticker ticker;
    private final long maxAgeNanos;

    private record Entry(CallInfo call, String callId, long endedNanos) {}

    RecentCalls(int capacity, Duration maxAge, Ticker ticker) {
        this.ring = new AtomicReferenceArray<>(capacity);
        this.ticker = ticker;
        this.maxAgeNanos = maxAge.toNanos();
    }

    void add(CallInfo call) {
        if (ring.length() == 0) {
            return;
        }
        Entry entry = new Entry(call, call.callId().toString(), ticker.nanos());
        byId.put(entry.callId, entry);
        if (call.requestId() != null) {
            byId.put(call.requestId(), entry);
        }
        Entry former = ring.getAndSet((int) (next.getAndIncrement() % ring.length()), entry);
        if (former != null) {
            forget(former);
        }
    }

    private void forget(Entry entry) {
        byId.remove(entry.callId, entry);
        if (entry.call.requestId() != null) {
            byId.remove(entry.call.requestId(), entry);
        }
    }

    Optional<CallInfo> find(String requestOrCallId) {
        Entry entry = byId.get(requestOrCallId);
        return entry == null || ticker.nanos() - entry.endedNanos >= maxAgeNanos
                ? Optional.empty()
                : Optional.of(entry.call);
    }
}
