package dev.llmops.cost.budget.internal;

import dev.llmops.cost.testing.RedisCluster;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A cluster does with the counters of one tenant what one Redis does with all. */
class ClusterCounterStoreIT extends CounterStoreContract {

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static RedisCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Override
    CounterStore newStore() {
        RedisScripts scripts = RedisCounterStore.openCluster(cluster.uris(), Duration.ofSeconds(30));
        return new RedisCounterStore(scripts, "contract-" + NAMESPACES.incrementAndGet(), true, false);
    }
}
