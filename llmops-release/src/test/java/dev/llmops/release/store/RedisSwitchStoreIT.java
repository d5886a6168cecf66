package dev.llmops.release.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.cost.testing.RedisServer;
import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.SwitchStoreException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisSwitchStoreIT extends SwitchStoreContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static RedisServer redis;
    private static SwitchStore store;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.onFreePort();
        store = RedisSwitchStore.connect(redis.uri(), TIMEOUT);
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        redis.close();
    }

    @Override
    SwitchStore store() {
        return store;
    }

    @Test
    void a_redis_that_is_away_is_named() {
        assertThatThrownBy(() -> RedisSwitchStore.connect(URI.create("redis://127.0.0.1:1"), TIMEOUT))
                .isInstanceOf(SwitchStoreException.class)
                .hasMessageStartingWith("Redis at 127.0.0.1 could not be reached: ");
    }
}
