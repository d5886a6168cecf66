package dev.llmops.cost.budget.internal;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Runs the Lua scripts of this package over one shared {@link RedisLink}. While it is open, calls fail at once. */
final class RedisScripts implements AutoCloseable {

    private final RedisLink link;
    private final long timeoutNanos;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    RedisScripts(BiFunction<Duration, Duration, RedisConnector> opener, Duration timeout) {
        this.link = new RedisLink(opener, timeout);
        this.timeoutNanos = timeout.toNanos();
    }

    CompletableFuture<List<String>> list(String script, List<String> keys, List<String> arguments) {
        return run(script, ScriptOutputType.MULTI, keys, arguments);
    }

    CompletableFuture<String> text(String script, List<String> keys, List<String> arguments) {
        return run(script, ScriptOutputType.VALUE, keys, arguments);
    }

    private <T> CompletableFuture<T> run(
            String name, ScriptOutputType type, List<String> keys, List<String> arguments) {
        RedisClusterAsyncCommands<String, String> redis = link.commands();
        if (redis == null) {
            return CompletableFuture.failedFuture(new NotSentException());
        }
        Script script = scripts.computeIfAbsent(name, Script::load);
        String[] keyArray = keys.toArray(String[]::new);
        String[] argumentArray = arguments.toArray(String[]::new);
        CompletionStage<T> first = redis.evalsha(script.digest, type, keyArray, argumentArray);
        CompletableFuture<T> answer = first.exceptionallyCompose(failure -> isUnknownScript(failure)
                        ? redis.<T>eval(script.source, type, keyArray, argumentArray)
                        : CompletableFuture.failedFuture(failure))
                .toCompletableFuture();
        // A separate future: a caller that stops waiting must not hide the answer from the link.
        return answer.whenComplete((value, failure) -> link.completed(failure)).thenApply(value -> value);
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }

    @Nullable
    Instant serverTime() {
        return link.serverTime();
    }

    /** Waits for an answer, no longer than the timeout. */
    <T> T await(CompletableFuture<T> answer) throws StoreUnavailableException {
        try {
            return answer.get(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("Redis at " + link.host() + " did not answer in time", true, e);
        } catch (ExecutionException e) {
            boolean sent = !(e.getCause() instanceof NotSentException);
            throw new StoreUnavailableException("Redis at " + link.host() + " failed: " + e.getCause(), sent, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for Redis", true, e);
        }
    }

    @Override
    public void close() {
        link.close();
    }

    /** The breaker is open; nothing went to the server. */
    private static final class NotSentException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotSentException() {
            super("Redis does not answer at present", null, false, false);
        }
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
