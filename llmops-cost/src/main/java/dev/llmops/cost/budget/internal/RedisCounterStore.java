package dev.llmops.cost.budget.internal;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Counters on one Redis, shared by a fleet. Each operation is one Lua script over whole numbers, so that all scopes of a
 * call change together. All keys share one hash tag, {@code {llmops:<namespace>}}.
 */
final class RedisCounterStore extends CounterStore {

    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String SERVER_TIME = "-1";

    private final RedisScripts scripts;
    private final String prefix;
    private final boolean serverTime;

    RedisCounterStore(RedisScripts scripts, String namespace, boolean serverTime) {
        this.scripts = scripts;
        this.prefix = "{llmops:" + namespace + "}:";
        this.serverTime = serverTime;
    }

    static RedisCounterStore connect(URI uri, String namespace, Duration timeout) {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException("namespace (" + namespace + ") is not allowed — it must match "
                    + NAMESPACE + " — choose a short name such as production");
        }
        if (timeout.toMillis() < 1 || timeout.toSeconds() > 10) {
            throw new IllegalArgumentException("timeout (" + timeout
                    + ") is out of range — allowed is PT0.001S to PT10S — set a tenth of a second for a Redis nearby");
        }
        return new RedisCounterStore(open(uri, timeout), namespace, true);
    }

    static RedisScripts open(URI uri, Duration timeout) {
        try {
            return new RedisScripts(uri, timeout);
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
        List<String> arguments = arguments(nowMillis);
        for (StoreCounter counter : counters) {
            arguments.add(Long.toString(counter.cellMillis()));
            arguments.add(Long.toString(counter.oldestCellMillis()));
        }
        return levels(scripts.await(scripts.list("levels", keys("", counters), arguments)));
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
        keys.add(prefix + "call:" + callId);
        for (StoreCounter counter : counters) {
            String key = prefix + counter.key();
            keys.add(key);
            keys.add(key + ":holds");
        }
        return keys;
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
