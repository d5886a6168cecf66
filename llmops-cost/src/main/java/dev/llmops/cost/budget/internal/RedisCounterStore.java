package dev.llmops.cost.budget.internal;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Counters on one Redis or on a cluster, shared by a fleet. Each operation on a call is one Lua script over whole numbers, so that
 * all scopes of a call change together. On one Redis all keys share one hash tag, {@code {llmops:<namespace>}}; on a cluster
 * the keys of a tenant do, {@code {llmops:<namespace>:<shard>}}, and an operation on many tenants is one script for each.
 */
final class RedisCounterStore extends CounterStore {

    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String SERVER_TIME = "-1";

    private final RedisScripts scripts;
    private final String prefix;
    private final boolean isSharded;
    private final boolean serverTime;

    RedisCounterStore(RedisScripts scripts, String namespace, boolean isSharded, boolean serverTime) {
        this.scripts = scripts;
        this.prefix = "{llmops:" + namespace;
        this.isSharded = isSharded;
        this.serverTime = serverTime;
    }

    static RedisCounterStore connect(URI uri, String namespace, Duration timeout) {
        check(namespace, timeout);
        return new RedisCounterStore(open(uri, timeout), namespace, false, true);
    }

    static RedisCounterStore connectCluster(List<URI> seeds, String namespace, Duration timeout) {
        check(namespace, timeout);
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException(
                    "seeds are empty — at least one node of the cluster — pass two or three");
        }
        return new RedisCounterStore(openCluster(seeds, timeout), namespace, true, true);
    }

    private static void check(String namespace, Duration timeout) {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException("namespace (" + namespace + ") is not allowed — it must match "
                    + NAMESPACE + " — choose a short name such as production");
        }
        if (timeout.toMillis() < 1 || timeout.toSeconds() > 10) {
            throw new IllegalArgumentException("timeout (" + timeout
                    + ") is out of range — allowed is PT0.001S to PT10S — set a tenth of a second for a Redis nearby");
        }
    }

    static RedisScripts open(URI uri, Duration timeout) {
        return open(() ->
                new RedisScripts((commands, connecting) -> RedisConnector.single(uri, commands, connecting), timeout));
    }

    static RedisScripts openCluster(List<URI> seeds, Duration timeout) {
        return open(() -> new RedisScripts(
                (commands, connecting) -> RedisConnector.cluster(seeds, commands, connecting), timeout));
    }

    private static RedisScripts open(Supplier<RedisScripts> opener) {
        try {
            return opener.get();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "io.lettuce:lettuce-core is not on the class path — budgets on Redis need it — add the dependency",
                    e);
        }
    }

    @Override
    public boolean canFail() {
        return true;
    }

    @Override
    public boolean isSharded() {
        return isSharded;
    }

    @Override
    public Reservation reserve(Reserve reserve) throws StoreUnavailableException {
        List<String> arguments = arguments(
                reserve.nowMillis(), reserve.callId(), reserve.nanos(), reserve.holdMillis(), reserve.rememberMillis());
        for (StoreCounter counter : reserve.counters()) {
            arguments.add(Long.toString(counter.cellMillis()));
            arguments.add(Long.toString(counter.oldestCellMillis()));
            arguments.add(Long.toString(counter.ceilingNanos()));
            arguments.add(Long.toString(counter.retainMillis()));
        }
        List<String> answer =
                scripts.await(scripts.list("reserve", keys(reserve.callId(), reserve.counters()), arguments));
        return new Reservation(Reservation.Outcome.valueOf(answer.get(0)), levels(answer.subList(1, answer.size())));
    }

    @Override
    public CompletionStage<List<Settled>> settle(List<Settle> settlements) {
        return byShard(settlements, settle -> shard(settle.counters()), this::settleOfOneShard);
    }

    private CompletableFuture<List<Settled>> settleOfOneShard(List<Settle> settlements) {
        List<String> keys = new ArrayList<>();
        List<String> arguments = arguments(settlements.get(0).nowMillis(), settlements.size());
        for (Settle settle : settlements) {
            keys.addAll(keys(settle.callId(), settle.counters()));
            arguments.add(settle.callId());
            arguments.add(Long.toString(settle.nanos()));
            arguments.add(Long.toString(settle.rememberMillis()));
            arguments.add(Integer.toString(settle.counters().size()));
            for (StoreCounter counter : settle.counters()) {
                arguments.add(Long.toString(counter.cellMillis()));
                arguments.add(Long.toString(counter.retainMillis()));
            }
        }
        return scripts.list("settle", keys, arguments)
                .thenApply(met -> met.stream().map(Settled::valueOf).toList());
    }

    /** Asks for what belongs to one shard at a time; the answers come in the order of the questions. */
    private static <Q, A> CompletableFuture<List<A>> byShard(
            List<Q> questions, Function<Q, String> shard, Function<List<Q>, CompletableFuture<List<A>>> ask) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            places.computeIfAbsent(shard.apply(questions.get(i)), key -> new ArrayList<>())
                    .add(i);
        }
        if (places.size() == 1) {
            return ask.apply(questions);
        }
        Map<Integer, A> answers = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        places.values()
                .forEach(part ->
                        parts.add(ask.apply(part.stream().map(questions::get).toList())
                                .thenAccept(answered -> {
                                    for (int i = 0; i < part.size(); i++) {
                                        answers.put(part.get(i), answered.get(i));
                                    }
                                })));
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> List.copyOf(new TreeMap<>(answers).values()));
    }

    @Override
    public InstantSource clock(InstantSource otherwise) {
        if (!serverTime) {
            return otherwise;
        }
        return () -> {
            Instant told = scripts.serverTime();
            return told == null ? otherwise.instant() : told;
        };
    }

    @Override
    public List<Level> levels(List<StoreCounter> counters, long nowMillis) throws StoreUnavailableException {
        return scripts.await(
                byShard(counters, counter -> shard(List.of(counter)), part -> levelsOfOneShard(part, nowMillis)));
    }

    private CompletableFuture<List<Level>> levelsOfOneShard(List<StoreCounter> counters, long nowMillis) {
        List<String> arguments = arguments(nowMillis);
        for (StoreCounter counter : counters) {
            arguments.add(Long.toString(counter.cellMillis()));
            arguments.add(Long.toString(counter.oldestCellMillis()));
        }
        return scripts.list("levels", keys("", counters), arguments).thenApply(RedisCounterStore::levels);
    }

    @Override
    public boolean seed(StoreCounter counter, long nanos, long nowMillis) throws StoreUnavailableException {
        List<String> arguments = arguments(nowMillis, nanos, counter.cellMillis(), counter.retainMillis());
        return scripts.await(scripts.text("seed", keys("", List.of(counter)), arguments))
                .equals("SEEDED");
    }

    private List<String> arguments(long nowMillis, Object... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add(serverTime ? SERVER_TIME : Long.toString(nowMillis));
        for (Object argument : more) {
            arguments.add(argument.toString());
        }
        return arguments;
    }

    private List<String> keys(String callId, List<StoreCounter> counters) {
        List<String> keys = new ArrayList<>(1 + 2 * counters.size());
        String tag = prefix + shard(counters) + "}:";
        keys.add(tag + "call:" + callId);
        for (StoreCounter counter : counters) {
            String key = tag + counter.key();
            keys.add(key);
            keys.add(key + ":holds");
        }
        return keys;
    }

    /** The part of the hash tag that one call's counters share. */
    private String shard(List<StoreCounter> counters) {
        return isSharded && !counters.isEmpty() ? ":" + counters.get(0).shard() : "";
    }

    private static List<Level> levels(List<String> numbers) {
        List<Level> levels = new ArrayList<>(numbers.size() / 2);
        for (int i = 0; i < numbers.size(); i += 2) {
            levels.add(new Level(Long.parseLong(numbers.get(i)), Long.parseLong(numbers.get(i + 1))));
        }
        return levels;
    }

    /** Closes the connection; waits a second at most. Counters stay. */
    @Override
    public void close() {
        scripts.close();
    }
}
