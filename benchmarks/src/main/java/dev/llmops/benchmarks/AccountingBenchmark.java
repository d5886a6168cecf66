package dev.llmops.benchmarks;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.accounting.TopSpenders;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Accounting one call for one of a million users, beside a concurrent map of decimals, which is what a user would
 * otherwise write: the amount only, at about twice the memory. As in a service, a call's record has just been made and is
 * in the processor's cache; its user's account is not.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
@State(Scope.Benchmark)
public class AccountingBenchmark {

    private static final int USERS = Integer.getInteger("users", 1_000_000);
    private static final int CALLS = 1024;

    private final Accounts accounts =
            Accounts.builder().by(AccountDimension.USER).build();
    private final ConcurrentHashMap<String, BigDecimal> byHand = new ConcurrentHashMap<>();
    private final TopSpenders topSpenders = new TopSpenders(AccountDimension.USER, "USD", 1_000);

    /** Makes every user known. */
    @Setup
    public void fill() {
        for (int user = 0; user < USERS; user++) {
            CallRecord call = call(user);
            accounts.add(call);
            byHand.put(user(call), BigDecimal.ONE);
        }
    }

    static CallRecord call(int user) {
        String id = new UUID(user * 0x9E3779B97F4A7C15L, user).toString();
        CallInfo info = CallInfo.builder(new UUID(0, 1), Instant.EPOCH, Operation.CHAT, "openai", "gpt-4o")
                .user(id)
                .build();
        return CallRecord.builder(info, Outcome.COMPLETED, Timing.builder(1).build())
                .usage(TokenUsage.inclusive(812, 333))
                .cost(new Cost(CostState.EXACT, new BigDecimal("0.0045675"), "USD", List.of(), null))
                .build();
    }

    static String user(CallRecord call) {
        return String.valueOf(call.info().user());
    }

    static BigDecimal amount(CallRecord call) {
        return Objects.requireNonNull(Objects.requireNonNull(call.cost()).amountOrNull());
    }

    /** Calls of users drawn at random, made right before they are accounted. */
    @State(Scope.Thread)
    public static class FreshCalls {

        private final CallRecord[] calls = new CallRecord[CALLS];
        private final SplittableRandom random = new SplittableRandom(42);

        /** Makes new calls. An invocation takes some tenths of a millisecond, which the harness measures well. */
        @Setup(Level.Invocation)
        public void make() {
            Arrays.setAll(calls, i -> call(random.nextInt(USERS)));
        }
    }

    /**
     * Adds calls to the accounts by user, and to the totals.
     *
     * @param fresh the calls
     */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void accounts(FreshCalls fresh) {
        for (CallRecord call : fresh.calls) {
            accounts.add(call);
        }
    }

    /**
     * Adds their amounts to a map.
     *
     * @param fresh the calls
     */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void mapOfDecimals(FreshCalls fresh) {
        for (CallRecord call : fresh.calls) {
            byHand.merge(user(call), amount(call), BigDecimal::add);
        }
    }

    /**
     * Adds their amounts to the summary of top spenders, most of whom are unknown to it.
     *
     * @param fresh the calls
     */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void topSpendersOfAMillion(FreshCalls fresh) {
        for (CallRecord call : fresh.calls) {
            topSpenders.add(user(call), BigDecimal.ONE);
        }
    }
}
