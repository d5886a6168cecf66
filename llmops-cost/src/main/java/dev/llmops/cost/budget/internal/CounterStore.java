package dev.llmops.cost.budget.internal;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Storage of counters and holds: this process, or one Redis for a fleet.
 *
 * <p>Every operation is atomic over all its counters, and idempotent by call id: a hold is taken once, a call settled
 * once. A hold expires by itself; a settlement after that is late, and still added in full to the window in which the
 * hold was taken. Safe for use by many threads.
 */
public abstract sealed class CounterStore implements AutoCloseable permits MemoryCounterStore, RedisCounterStore {

    CounterStore() {}

    /** Creates a store in this process. */
    public static CounterStore inMemory() {
        return new MemoryCounterStore();
    }

    /** Creates a store on a Redis. */
    public static CounterStore redis(URI uri, String namespace, Duration timeout) {
        return RedisCounterStore.connect(uri, namespace, timeout);
    }

    /** Creates a store on a cluster of Redis, with the counters of each tenant on one node. */
    public static CounterStore redisCluster(List<URI> seeds, String namespace, Duration timeout) {
        return RedisCounterStore.connectCluster(seeds, namespace, timeout);
    }

    /** Returns true if only counters of one tenant can change together. */
    public boolean isSharded() {
        return false;
    }

    /** Releases what the store holds open; counters of a shared store stay. */
    @Override
    public abstract void close();

    /** Returns true if the store can be away, so that budgets must say what happens then. */
    public abstract boolean canFail();

    /** Takes room in all counters or in none. */
    public abstract Reservation reserve(Reserve reserve) throws StoreUnavailableException;

    /**
     * Drops the hold of each call and adds its spend; never blocks. Fails with any exception when all of it should be
     * repeated.
     */
    public abstract CompletionStage<List<Settled>> settle(List<Settle> settlements);

    /** Returns the clock that places calls in windows: the store's own if it has one. */
    public InstantSource clock(InstantSource otherwise) {
        return otherwise;
    }

    /** Reads all counters at one instant. */
    public abstract List<Level> levels(List<StoreCounter> counters, long nowMillis) throws StoreUnavailableException;

    /** Sets the spend of a counter that has counted nothing yet; says whether it did. */
    public abstract boolean seed(StoreCounter counter, long nanos, long nowMillis) throws StoreUnavailableException;

    /**
     * Asks for room.
     *
     * @param holdMillis after which the hold expires
     * @param rememberMillis how long after that, or after the settlement, the call id is known
     */
    public record Reserve(
            String callId,
            long nanos,
            List<StoreCounter> counters,
            long nowMillis,
            long holdMillis,
            long rememberMillis) {}

    /** The answer: what the counters held before, and whether room was taken. */
    public record Reservation(Outcome outcome, List<Level> levels) {

        public enum Outcome {
            TAKEN,
            NO_ROOM,
            /** The call was settled before, so the id is used twice. */
            SETTLED_BEFORE
        }
    }

    /** Replaces a hold by spend. */
    public record Settle(String callId, long nanos, List<StoreCounter> counters, long nowMillis, long rememberMillis) {}

    /** The hold that a settlement found. */
    public enum Settled {
        /** The hold was there. */
        ON_TIME,
        /** The hold had expired. */
        LATE,
        /** No hold was known. */
        UNHELD,
        /** The call was settled before; nothing was added. */
        REPEATED
    }
}
