package dev.llmops.cost.budget.internal;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to Redis, or to a cluster, behind a circuit breaker.
 *
 * <p>A lost connection, or {@value #FAILURES_TO_OPEN} commands in a row without an answer, open the breaker: from then on
 * commands fail at once and only a probe, {@code EXISTS} and {@code TIME}, goes to the server, with back-off and jitter. Its
 * first answer closes the breaker. While Redis answers, the probe runs every {@value #HEARTBEAT_MILLIS} ms and keeps the
 * server's clock. Each change of state is one line in the log.
 *
 * <p>See docs/decisions/ledger.md#a-circuit-breaker-stands-before-redis.
 */
final class RedisLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final int FAILURES_TO_OPEN = 3;
    private static final long HEARTBEAT_MILLIS = 10_000;
    private static final long FIRST_BACKOFF_MILLIS = 50;
    private static final long MAX_BACKOFF_MILLIS = 400;
    /** A process that has just started loads the client's classes while it connects. */
    private static final Duration SHORTEST_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final String PROBE_KEY = "llmops:probe";

    private enum State {
        CONNECTING,
        CLOSED,
        OPEN
    }

    private final RedisConnector connector;
    private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "llmops-budget-redis");
        thread.setDaemon(true);
        return thread;
    });

    private volatile State state = State.CONNECTING;
    private volatile @Nullable StatefulConnection<String, String> connection;
    private volatile @Nullable ServerTime serverTime;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private long openedNanos;

    RedisLink(BiFunction<Duration, Duration, RedisConnector> opener, Duration timeout) {
        Duration connectTimeout = timeout.compareTo(SHORTEST_CONNECT_TIMEOUT) > 0 ? timeout : SHORTEST_CONNECT_TIMEOUT;
        this.connector = opener.apply(timeout, connectTimeout);
        probeIn(0);
        awaitFirstAttempt(connectTimeout);
    }

    /** So that the first callers meet a connection. */
    private void awaitFirstAttempt(Duration atMost) {
        try {
            firstAttempt.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The breaker has logged it, or will.
        }
    }

    String host() {
        return connector.host();
    }

    /** Returns the commands of the connection, or null while the breaker is open. */
    @Nullable
    RedisClusterAsyncCommands<String, String> commands() {
        StatefulConnection<String, String> open = connection;
        return state == State.CLOSED && open != null ? connector.commands(open) : null;
    }

    /** Counts the result of a command. */
    void completed(@Nullable Throwable result) {
        Throwable failure = cause(result);
        if (connector.isCluster() && state != State.CONNECTING) {
            return; // Its probe alone tells whether the cluster is there.
        }
        if (failure == null || isAnswer(failure)) {
            failuresInARow.setPlain(0);
        } else if (isConnectionLost() || failuresInARow.incrementAndGet() >= FAILURES_TO_OPEN) {
            open(failure);
        }
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** A server that refuses a command is there; one that still loads its data is as good as away. */
    private static boolean isAnswer(Throwable failure) {
        return failure instanceof RedisCommandExecutionException && !(failure instanceof RedisLoadingException);
    }

    private boolean isConnectionLost() {
        StatefulConnection<String, String> current = connection;
        return current == null || !current.isOpen();
    }

    /** Returns the server's time, or null if it was never told. */
    @Nullable
    Instant serverTime() {
        ServerTime known = serverTime;
        return known == null ? null : known.now();
    }

    private void probe() {
        StatefulConnection<String, String> current = connection;
        CompletionStage<? extends StatefulConnection<String, String>> connected =
                current != null && current.isOpen() ? CompletableFuture.completedFuture(current) : connector.connect();
        var unused = connected
                .thenCompose(open -> {
                    connection = open;
                    long sent = System.nanoTime();
                    RedisClusterAsyncCommands<String, String> commands = connector.commands(open);
                    CompletionStage<Boolean> ready = ready(commands);
                    CompletionStage<List<String>> told = commands.time();
                    return ready.thenCombine(told, (answered, time) -> serverTime = ServerTime.between(sent, time));
                })
                .whenComplete((done, result) -> {
                    Throwable failure = cause(result);
                    if (failure == null) {
                        answered();
                        probeIn(HEARTBEAT_MILLIS);
                    } else if (state == State.OPEN) {
                        probeAgain();
                    } else {
                        open(failure);
                    }
                    firstAttempt.complete(null);
                });
    }

    /**
     * A server that still loads its data tells the time, but answers no question about a key. A cluster is not asked: the node
     * of that key may be away while the others serve their tenants.
     */
    private CompletionStage<Boolean> ready(RedisClusterAsyncCommands<String, String> commands) {
        if (connector.isCluster()) {
            return CompletableFuture.completedFuture(true);
        }
        return commands.exists(PROBE_KEY).handle((found, result) -> {
            Throwable failure = cause(result);
            if (failure != null && !isAnswer(failure)) {
                throw new CompletionException(failure);
            }
            return true;
        });
    }

    private synchronized void open(Throwable reason) {
        if (state == State.OPEN) {
            return;
        }
        state = State.OPEN;
        openedNanos = System.nanoTime();
        backoffMillis = FIRST_BACKOFF_MILLIS;
        LOG.warn(
                "Redis at {} does not answer ({}) — budgets follow whenStoreFails and settlements wait — check the"
                        + " server; it is probed until it answers",
                connector.host(),
                reason.toString());
        probeAgain();
    }

    private synchronized void answered() {
        failuresInARow.set(0);
        if (state == State.OPEN) {
            LOG.info(
                    "Redis at {} answers again after {} ms",
                    connector.host(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - openedNanos));
        }
        state = State.CLOSED;
    }

    private synchronized void probeAgain() {
        long millis = ThreadLocalRandom.current().nextLong(backoffMillis / 2, backoffMillis + 1);
        backoffMillis = Math.min(2 * backoffMillis, MAX_BACKOFF_MILLIS);
        probeIn(millis);
    }

    private void probeIn(long millis) {
        try {
            var unused = probes.schedule(this::probe, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // Nothing is left to probe for.
        }
    }

    /** Waits a second at most. */
    @Override
    public void close() {
        probes.shutdownNow();
        connector.close();
    }

    /** The server's clock at one moment of this process's steady clock; wrong by half the round trip at most. */
    private record ServerTime(long micros, long atNanos) {

        static ServerTime between(long sentNanos, List<String> time) {
            long micros =
                    Math.addExact(TimeUnit.SECONDS.toMicros(Long.parseLong(time.get(0))), Long.parseLong(time.get(1)));
            return new ServerTime(micros, sentNanos + (System.nanoTime() - sentNanos) / 2);
        }

        Instant now() {
            long passed = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - atNanos);
            return Instant.EPOCH.plus(Duration.ofMillis((micros + passed) / 1_000));
        }
    }
}
