package dev.llmops.core;

import dev.llmops.core.internal.Nanos;
import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CallInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds recently ended calls by request id or call id, so that feedback and scores can be joined to them.
 *
 * <p>A ring holds the last calls in order of their end; a call that takes a place removes the former one's ids from the maps. So memory is bounded by the ring, and adding a call is one atomic increment and a few map operations, without a
 * lock. An entry older than the limit is not found any more. Request ids and call ids have a map each, so that a request cannot be named after another's call to receive its feedback. See docs/decisions/core.md#request-ids-and-call-ids-are-looked-up-apart.
 */
final class RecentCalls {

    private final AtomicReferenceArray<@Nullable Entry> ring;
    private final AtomicLong next = new AtomicLong();
    private final ConcurrentMap<UUID, Entry> byCallId = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Entry> byRequestId = new ConcurrentHashMap<>();
    private final Ticker ticker;
    private final long maxAgeNanos;

    private record Entry(CallInfo call, long endedNanos) {}

    RecentCalls(int capacity, Duration maxAge, Ticker ticker) {
        this.ring = new AtomicReferenceArray<>(capacity);
        this.ticker = ticker;
        this.maxAgeNanos = Nanos.of(maxAge);
    }

    void add(CallInfo call) {
        if (ring.length() == 0) {
            return;
        }
        Entry entry = new Entry(call, ticker.nanos());
        byCallId.put(call.callId(), entry);
        if (call.requestId() != null) {
            byRequestId.put(call.requestId(), entry);
        }
        Entry former = ring.getAndSet((int) (next.getAndIncrement() % ring.length()), entry);
        if (former != null) {
            forget(former);
        }
    }

    private void forget(Entry entry) {
        byCallId.remove(entry.call.callId(), entry);
        if (entry.call.requestId() != null) {
            byRequestId.remove(entry.call.requestId(), entry);
        }
    }

    /** Returns the number of ids. */
    int size() {
        return byCallId.size() + byRequestId.size();
    }

    Optional<CallInfo> find(String requestOrCallId) {
        Entry named = byCallId(requestOrCallId);
        Entry entry =
                named != null ? named : byRequestId.get(Truncation.cut(requestOrCallId, Truncation.MAX_NAME_LENGTH));
        return entry == null || ticker.nanos() - entry.endedNanos >= maxAgeNanos
                ? Optional.empty()
                : Optional.of(entry.call);
    }

    private @Nullable Entry byCallId(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? byCallId.get(id) : null; // other forms of it are no id of ours
        } catch (IllegalArgumentException e) {
            return null; // the request's own id
        }
    }
}
