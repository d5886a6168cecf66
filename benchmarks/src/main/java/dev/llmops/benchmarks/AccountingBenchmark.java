package dev.llmops.benchmarks;

import dev.llmops.core.CallInfo;
import dev.llmops.core.CallRecord;
import dev.llmops.core.Cost;
import dev.llmops.core.CostState;
import dev.llmops.core.Operation;
import dev.llmops.core.Outcome;
import dev.llmops.core.Timing;
import dev.llmops.core.TokenUsage;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.accounting.TopSpenders;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Accounting one call for one of a million users, beside a concurrent map of decimals, which is what a user would
 * otherwise write: the amount only, at about twice the memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
@State(Scope.Benchmark)
public class AccountingBenchmark {

    private static final int USERS = Integer.getInteger("users", 1_000_000);
    private static final int CALLS = 1 << 16;

    private final Accounts accounts =
            Accounts.builder().by(AccountDimension.USER).build();
    private final ConcurrentHashMap<String, BigDecimal> byHand = new ConcurrentHashMap<>();
    private final TopSpenders topSpenders = new TopSpenders(AccountDimension.USER, "USD", 1_000);
    private final CallRecord[] calls = new CallRecord[CALLS];
    private int next;

    /** Makes every user known, and calls of users drawn at random. */
    @Setup
    public void fill() {
        for (int user = 0; user < USERS; user++) {
            CallRecord call = call(user);
            accounts.add(call);
            byHand.put(String.valueOf(call.info().user()), BigDecimal.ONE);
        }
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < CALLS; i++) {
            calls[i] = call(random.nextInt(USERS));
        }
    }

    private static CallRecord call(int user) {
        String id = new UUID(user * 0x9E3779B97F4A7C15L, user).toString();
        CallInfo info = CallInfo.builder(new UUID(0, 1), Instant.EPOCH, Operation.CHAT, "openai", "gpt-4o")
                .user(id)
                .build();
        return CallRecord.builder(info, Outcome.COMPLETED, Timing.builder(1).build())
                .usage(TokenUsage.inclusive(812, 333))
                .cost(new Cost(CostState.EXACT, new BigDecimal("0.0045675"), "USD", List.of(), null))
                .build();
    }

    private CallRecord nextCall() {
        return calls[next++ & (CALLS - 1)];
    }

    /**
     * Fetches what is read of a call: in an application the record is still in the processor's cache, here it comes from
     * memory, so this is to be subtracted from the others.
     *
     * @return something of everything that is read
     */
    @Benchmark
    public long fetchCall() {
        CallRecord call = nextCall();
        BigDecimal amount = call.cost() == null ? BigDecimal.ZERO : call.cost().amountOrNull();
        String user = String.valueOf(call.info().user());
        return user.charAt(user.length() - 1)
                + (amount == null ? 0 : amount.scale())
                + call.usage().inputTokens().orElse(0)
                + call.info().versionSet().hashCode();
    }

    /** Adds a call to the accounts by user, and to the totals. */
    @Benchmark
    public void accounts() {
        accounts.add(nextCall());
    }

    /**
     * Adds its amount to a map.
     *
     * @return the user's sum
     */
    @Benchmark
    public BigDecimal mapOfDecimals() {
        CallRecord call = nextCall();
        BigDecimal amount = call.cost() == null ? BigDecimal.ZERO : call.cost().amountOrNull();
        return byHand.merge(String.valueOf(call.info().user()), amount, BigDecimal::add);
    }

    /** Adds its amount to the summary of top spenders, most of whom are unknown to it. */
    @Benchmark
    public void topSpendersOfAMillion() {
        CallRecord call = nextCall();
        topSpenders.add(String.valueOf(call.info().user()), BigDecimal.ONE);
    }
}
