package dev.llmops.cost.budget.internal;

import dev.llmops.cost.testing.RedisServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisCounterStoreIT extends CounterStoreContract {

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static RedisServer redis;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.onFreePort();
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
    }

    @Override
    CounterStore newStore() {
        RedisScripts scripts = RedisCounterStore.open(redis.uri(), Duration.ofSeconds(10));
        return new RedisCounterStore(scripts, "contract-" + NAMESPACES.incrementAndGet(), false, false);
    }
}
