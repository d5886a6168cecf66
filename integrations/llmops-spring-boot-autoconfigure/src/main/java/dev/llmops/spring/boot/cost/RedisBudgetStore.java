package dev.llmops.spring.boot.cost;

import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;

/** Keeps budgets on the Redis that Spring Boot connects to. */
final class RedisBudgetStore {

    private static final String PROPERTY = "llmops.budgets.store";

    private RedisBudgetStore() {}

    static BudgetStore of(@Nullable DataRedisConnectionDetails redis, LlmOpsBudgetsProperties properties) {
        if (redis == null) {
            throw new InvalidLlmOpsPropertyException(
                    PROPERTY,
                    "budgets are to be kept on Redis, but there are no connection details of Redis",
                    "Add spring-boot-starter-data-redis and set spring.data.redis.*, or set " + PROPERTY
                            + " to memory.");
        }
        return BudgetStore.redis(address(redis), properties.namespace(), properties.timeout());
    }

    static URI address(DataRedisConnectionDetails redis) {
        DataRedisConnectionDetails.Standalone server = redis.getStandalone();
        if (server == null) {
            throw new InvalidLlmOpsPropertyException(
                    PROPERTY,
                    "budgets need a single Redis address, but Spring Boot is configured with sentinels or a cluster",
                    "Define a BudgetStore bean with BudgetStore.redis(uri, namespace, timeout), or set " + PROPERTY
                            + " to memory.");
        }
        try {
            String scheme = redis.getSslBundle() == null ? "redis" : "rediss";
            return new URI(
                    scheme,
                    userInfo(redis),
                    server.getHost(),
                    server.getPort(),
                    "/" + server.getDatabase(),
                    null,
                    null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the address of Redis cannot be written: " + e.getReason(), e);
        }
    }

    private static @Nullable String userInfo(DataRedisConnectionDetails redis) {
        if (redis.getPassword() == null) {
            return null;
        }
        return (redis.getUsername() == null ? "" : redis.getUsername()) + ":" + redis.getPassword();
    }
}
