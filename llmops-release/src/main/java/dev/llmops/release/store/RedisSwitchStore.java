package dev.llmops.release.store;

import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.arm.SwitchStore;
import dev.llmops.release.arm.SwitchStoreException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps switches on one Redis: a hash with revision and state, and a list of events, per release. A change is one Lua script.
 * Both keys share a hash tag, and so a slot of a cluster. Needs {@code io.lettuce:lettuce-core} on the class path.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class RedisSwitchStore implements SwitchStore {

    private static final String COMPARE_AND_SET = """
            local stored = redis.call('HGET', KEYS[1], 'revision') or '0'
            if stored ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'state', ARGV[3])
            redis.call('RPUSH', KEYS[2], ARGV[4])
            return 1
            """;

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private RedisSwitchStore(RedisClient client) {
        this.client = client;
        this.connection = client.connect();
    }

    /**
     * Uses the Redis at an address.
     *
     * @param uri such as {@code redis://host:6379}, or {@code rediss://user:password@host:6380/0}
     * @param timeout how long a read or a change waits at most
     * @return a connected store, which connects again by itself
     * @throws SwitchStoreException if there is no Redis at the address
     * @throws IllegalStateException if the client library is missing
     */
    public static RedisSwitchStore connect(URI uri, Duration timeout) {
        try {
            RedisURI address = RedisURI.create(uri);
            address.setTimeout(timeout);
            return new RedisSwitchStore(RedisClient.create(address));
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("a switch on Redis needs io.lettuce:lettuce-core on the class path", e);
        } catch (RedisException e) {
            throw new SwitchStoreException("Redis at " + uri.getHost() + " could not be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<SwitchState> read(String changeId) {
        return run(
                "read release " + changeId,
                redis -> Optional.ofNullable(redis.hget(key(changeId), "state")).map(StateJson::state));
    }

    @Override
    public List<SwitchEvent> events(String changeId) {
        return run(
                "read the events of release " + changeId,
                redis -> redis.lrange(eventsKey(changeId), 0, -1).stream()
                        .map(StateJson::event)
                        .toList());
    }

    @Override
    public boolean compareAndSet(SwitchState next, SwitchEvent event) {
        String[] keys = {key(next.changeId()), eventsKey(next.changeId())};
        return run("change release " + next.changeId(), redis -> {
            Long won = redis.eval(
                    COMPARE_AND_SET,
                    ScriptOutputType.INTEGER,
                    keys,
                    Long.toString(next.revision() - 1),
                    Long.toString(next.revision()),
                    StateJson.write(next),
                    StateJson.write(event));
            return won == 1;
        });
    }

    private static String key(String changeId) {
        return "{llmops:release:" + changeId + "}";
    }

    private static String eventsKey(String changeId) {
        return key(changeId) + ":events";
    }

    private <T> T run(String what, Function<RedisCommands<String, String>, T> work) {
        try {
            return work.apply(connection.sync());
        } catch (RedisException e) {
            throw new SwitchStoreException("Redis could not " + what + ": " + e.getMessage(), e);
        }
    }

    /** Closes the connection; the states stay. */
    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
