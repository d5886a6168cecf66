package dev.llmops.cost.budget.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.Base16;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the scripts beside this class over one shared connection. While there is none, calls fail at once and a new
 * connection is tried in the background, once a second at most.
 */
final class RedisScripts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisScripts.class);
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_COMMANDS_UNDER_WAY = 10_000;

    private final RedisClient client;
    private final RedisURI uri;
    private final long timeoutNanos;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private CompletableFuture<StatefulRedisConnection<String, String>> connection;
    private long triedNanos = System.nanoTime();
    private boolean closed;

    RedisScripts(URI uri, Duration timeout) {
        this.uri = RedisURI.create(uri);
        this.timeoutNanos = timeout.toNanos();
        this.client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_COMMANDS_UNDER_WAY)
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .build());
        this.connection = connect();
        awaitFirstConnection();
    }

    /** So that the first callers meet a connection; a Redis that is away is tried again later. */
    private void awaitFirstConnection() {
        try {
            connection.get(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("budgets start without their Redis at {}: {}", uri.getHost(), e.toString());
        }
    }

    private CompletableFuture<StatefulRedisConnection<String, String>> connect() {
        return client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
    }

    CompletableFuture<List<String>> list(String script, List<String> keys, List<String> arguments) {
        return run(script, ScriptOutputType.MULTI, keys, arguments);
    }

    CompletableFuture<String> text(String script, List<String> keys, List<String> arguments) {
        return run(script, ScriptOutputType.VALUE, keys, arguments);
    }

    private <T> CompletableFuture<T> run(
            String name, ScriptOutputType type, List<String> keys, List<String> arguments) {
        Script script = scripts.computeIfAbsent(name, Script::load);
        String[] keyArray = keys.toArray(String[]::new);
        String[] argumentArray = arguments.toArray(String[]::new);
        return connected().thenCompose(redis -> {
            CompletionStage<T> first = redis.evalsha(script.digest, type, keyArray, argumentArray);
            return first.exceptionallyCompose(failure -> isUnknownScript(failure)
                    ? redis.<T>eval(script.source, type, keyArray, argumentArray)
                    : CompletableFuture.failedFuture(failure));
        });
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }

    private synchronized CompletableFuture<RedisAsyncCommands<String, String>> connected() {
        boolean retry =
                connection.isCompletedExceptionally() && System.nanoTime() - triedNanos > RECONNECT_PAUSE.toNanos();
        if (retry && !closed) {
            triedNanos = System.nanoTime();
            connection = connect();
        }
        return connection.thenApply(StatefulRedisConnection::async);
    }

    /** Waits for an answer, no longer than the timeout. */
    <T> T await(CompletableFuture<T> answer) throws StoreUnavailableException {
        try {
            return answer.get(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new StoreUnavailableException("Redis at " + uri.getHost() + " did not answer in time", e);
        } catch (ExecutionException e) {
            throw new StoreUnavailableException("Redis at " + uri.getHost() + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for Redis", e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private record Script(String source, String digest) {

        static Script load(String name) {
            String source = read("common") + read(name);
            return new Script(source, Base16.digest(source.getBytes(StandardCharsets.UTF_8)));
        }

        private static String read(String name) {
            try (InputStream in = RedisScripts.class.getResourceAsStream(name + ".lua")) {
                return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
