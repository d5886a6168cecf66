package dev.llmops.core;

import dev.llmops.core.internal.Nanos;
import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CallInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds recently ended calls by request id or call id, so that feedback and scores can be joined to them.
 *
 * <p>Calls are numbered in the order of their end, and a ring holds the last of them. An {@link Index} for each kind of id leads
 * from call to call. A call that leaves the ring is not taken out of them, so that adding one touches no memory of old calls
 * and takes no lock; see docs/decisions/core.md#recent-calls-are-never-taken-out-of-an-index. An entry older than the limit is
 * not found any more. Request ids and call ids have an index each, so that a request cannot be named after another's call to
 * receive its feedback; see docs/decisions/core.md#request-ids-and-call-ids-are-looked-up-apart.
 */
final class RecentCalls {

    private static final int CALLS_IN_A_BUCKET = 8;

    private final AtomicReferenceArray<@Nullable Entry> ring;
    private final AtomicLong added = new AtomicLong();
    private final Index byCallId;
    private final Index byRequestId;
    private final Ticker ticker;
    private final long maxAgeNanos;

    private record Entry(CallInfo call, long endedNanos) {}

    RecentCalls(int capacity, Duration maxAge, Ticker ticker) {
        this.ring = new AtomicReferenceArray<>(capacity);
        this.byCallId = new Index(CallInfo::callId);
        this.byRequestId = new Index(CallInfo::requestId);
        this.ticker = ticker;
        this.maxAgeNanos = Nanos.of(maxAge);
    }

    void add(CallInfo call) {
        if (ring.length() > 0) {
            long number = added.incrementAndGet();
            ring.set(place(number), new Entry(call, ticker.nanos()));
            byCallId.add(number, call);
            byRequestId.add(number, call);
        }
    }

    private int place(long number) {
        return (int) (number % ring.length());
    }

    private boolean isKept(long number) {
        return number > 0 && added.get() - number < ring.length();
    }

    Optional<CallInfo> find(String requestOrCallId) {
        Entry named = byCallId(requestOrCallId);
        Entry entry =
                named != null ? named : byRequestId.find(Truncation.cut(requestOrCallId, Truncation.MAX_NAME_LENGTH));
        return entry == null || ticker.nanos() - entry.endedNanos >= maxAgeNanos
                ? Optional.empty()
                : Optional.of(entry.call);
    }

    private @Nullable Entry byCallId(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? byCallId.find(id) : null; // other forms of it are no id of ours
        } catch (IllegalArgumentException e) {
            return null; // the request's own id
        }
    }

    /**
     * Leads from the latest call of a bucket of ids to the one before it, and so on, until a call is no longer in the ring. Threads
     * that add at once may do so in another order than that of the numbers.
     */
    private final class Index {

        private final Function<CallInfo, @Nullable Object> idOf;
        /** The number of the latest call in each bucket, or 0. */
        private final AtomicLongArray latest =
                new AtomicLongArray(Integer.highestOneBit(Math.max(1, ring.length() / CALLS_IN_A_BUCKET)));
        /** The number of each call in the ring less that of the one before it in its bucket, or 0; published by {@link #latest}. */
        private final int[] steps = new int[ring.length()];

        Index(Function<CallInfo, @Nullable Object> idOf) {
            this.idOf = idOf;
        }

        void add(long number, CallInfo call) {
            Object id = idOf.apply(call);
            if (id == null) {
                return;
            }
            int bucket = bucket(id);
            long before;
            do {
                before = latest.get(bucket);
                steps[place(number)] = isKept(before) ? (int) (number - before) : 0;
            } while (!latest.compareAndSet(bucket, before, number));
        }

        @Nullable
        Entry find(Object id) {
            long number = latest.get(bucket(id));
            while (isKept(number)) {
                Entry entry = ring.get(place(number));
                if (entry != null && id.equals(idOf.apply(entry.call))) {
                    return entry;
                }
                int step = steps[place(number)];
                number = step == 0 ? 0 : number - step;
            }
            return null;
        }

        private int bucket(Object id) {
            int hash = id.hashCode();
            return (hash ^ hash >>> 16) & (latest.length() - 1);
        }
    }
}
