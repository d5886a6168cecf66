package dev.llmops.cost.budget;

import dev.llmops.cost.budget.internal.CounterStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Storage of counters and holds: this process, or one Redis for a fleet.
 *
 * <p>Every operation is atomic over all its counters, and idempotent by call id: a hold is taken once, a call settled
 * once. A hold expires by itself; a settlement after that is late, and still added in full to the window in which the
 * hold was taken. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class BudgetStore implements AutoCloseable {

    /** The default time for which a caller waits for Redis at most, in milliseconds: {@value}. */
    public static final long DEFAULT_TIMEOUT_MILLIS = 100;

    private final CounterStore counters;

    private BudgetStore(CounterStore counters) {
        this.counters = counters;
    }

    /**
     * Creates a store in this process; its counters are gone when the process ends.
     *
     * @return a new, empty store
     */
    public static BudgetStore inMemory() {
        return new BudgetStore(CounterStore.inMemory());
    }

    /**
     * Creates a store on the Redis at an address, with the namespace {@code budgets} and a timeout of
     * {@value #DEFAULT_TIMEOUT_MILLIS} ms.
     *
     * @param uri such as {@code redis://host:6379}, or {@code rediss://user:password@host:6380/0}
     * @return a connected store; when Redis is away, after two seconds, one that goes on trying in the background
     * @throws IllegalStateException if {@code io.lettuce:lettuce-core} is not on the class path
     */
    public static BudgetStore redis(URI uri) {
        return redis(uri, "budgets", Duration.ofMillis(DEFAULT_TIMEOUT_MILLIS));
    }

    /**
     * Creates a store on the Redis at an address. The server's clock decides in which window a call is counted and when
     * a hold expires: processes whose clocks differ share one budget, with an error of at most half the round trip to
     * the server. All keys share one hash tag and so one slot of a cluster; they hold digests, no user ids, and expire
     * when their window is over.
     *
     * @param uri such as {@code redis://host:6379}, or {@code rediss://user:password@host:6380/0}
     * @param namespace keeps fleets on one Redis apart: 1 to 64 letters, digits, dots, dashes or underscores
     * @param timeout how long a caller waits at most, from 1 ms to 10 s
     * @return a connected store; when Redis is away, after two seconds, one that goes on trying in the background
     * @throws IllegalArgumentException if the namespace or the timeout breaks its rule
     * @throws IllegalStateException if {@code io.lettuce:lettuce-core} is not on the class path
     */
    public static BudgetStore redis(URI uri, String namespace, Duration timeout) {
        return new BudgetStore(CounterStore.redis(uri, namespace, timeout));
    }

    /**
     * Creates a store on a Redis Cluster. The counters of one tenant share a hash tag, and so a slot and its node, and
     * change together; tenants are spread over all nodes. So every budget must have the tenant in its scope. Each node's own
     * clock decides when the holds of its tenants expire; while a node is away, the budgets of its tenants follow
     * {@code whenStoreFails}.
     *
     * @param seeds nodes of the cluster, of which one must answer; the others are learned from it
     * @param namespace keeps fleets on one cluster apart: 1 to 64 letters, digits, dots, dashes or underscores
     * @param timeout how long a caller waits at most, from 1 ms to 10 s
     * @return a connected store; when no seed answers, after two seconds, one that goes on trying in the background
     * @throws IllegalArgumentException if the namespace or the timeout breaks its rule, or there is no seed
     * @throws IllegalStateException if {@code io.lettuce:lettuce-core} is not on the class path
     */
    public static BudgetStore redisCluster(List<URI> seeds, String namespace, Duration timeout) {
        return new BudgetStore(CounterStore.redisCluster(List.copyOf(seeds), namespace, timeout));
    }

    CounterStore counters() {
        return counters;
    }

    /** Releases the connection; counters of a shared store stay. */
    @Override
    public void close() {
        counters.close();
    }

    /** The decision of a budget while its store cannot be asked. */
    public enum FailurePolicy {
        /** Let the call through unheld; its cost is still added when the store is back. */
        OPEN,
        /** Refuse the call. */
        CLOSED
    }
}
