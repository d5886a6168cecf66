package dev.llmops.cost.budget;

import dev.llmops.cost.budget.BudgetDecision.Granted;
import dev.llmops.cost.budget.BudgetDecision.Refused;
import dev.llmops.cost.testing.ChildJvm;
import dev.llmops.cost.testing.LogLines;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One process of a fleet: spends from several threads until the budget refuses, then prints an {@link Account}.
 * Arguments: Redis address, Redis timeout in milliseconds, limit, member number, highest actual cost in thousandths, hold
 * time in seconds.
 */
final class FleetMember {

    static final int THREADS = 4;
    static final BigDecimal LIMIT = new BigDecimal("10");
    static final int ESTIMATE_THOUSANDTHS = 20;
    static final BudgetSubject SUBJECT =
            BudgetSubject.builder().tenant("acme").user("u1").build();

    private static final Duration CALL_AGAIN = Duration.ofMillis(1);

    private FleetMember() {}

    /**
     * What a member did.
     *
     * @param settled the cost of its calls
     * @param mostUnsettled the most calls that it had under way at once, those included whose settlement still waited
     * @param logLines what it wrote into the log about its budgets
     * @param firstGrants when it was granted a hold again after the store had been away, by this machine's clock
     */
    record Account(BigDecimal settled, int mostUnsettled, int logLines, List<Instant> firstGrants) {

        static Account parse(String line) {
            String[] parts = line.strip().split(" ");
            List<Instant> grants = Stream.of(parts).skip(3).map(Instant::parse).toList();
            return new Account(
                    new BigDecimal(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), grants);
        }

        void print() {
            String grants = firstGrants.stream().map(Instant::toString).collect(Collectors.joining(" "));
            System.out.println(settled.toPlainString() + " " + mostUnsettled + " " + logLines + " " + grants);
        }
    }

    public static void main(String[] arguments) throws Exception {
        ChildJvm.endWithParent();
        URI redis = URI.create(arguments[0]);
        Duration timeout = Duration.ofMillis(Long.parseLong(arguments[1]));
        int highestActual = Integer.parseInt(arguments[4]);
        try (LogLines lines = LogLines.of("dev.llmops.cost.budget");
                Budgets budgets = budgets(
                        redis,
                        timeout,
                        new BigDecimal(arguments[2]),
                        Duration.ofSeconds(Long.parseLong(arguments[5])))) {
            Outages outages = new Outages();
            List<Spender> spenders = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Spender spender = new Spender(budgets, outages, arguments[3] + "-" + thread, highestActual);
                spender.start();
                spenders.add(spender);
            }
            BigDecimal settled = BigDecimal.ZERO;
            for (Spender spender : spenders) {
                spender.join();
                settled = settled.add(spender.settled);
            }
            new Account(
                            settled,
                            THREADS + outages.mostWaiting.intValue(),
                            lines.texts().size(),
                            List.copyOf(outages.firstGrants))
                    .print();
        }
    }

    static Budgets budgets(URI redis, Duration timeout, BigDecimal limit, Duration holdFor) {
        BudgetWindow window = BudgetWindow.yearly(ZoneOffset.UTC);
        return Budgets.builder("USD")
                .add(Budget.named("tenant")
                        .scope(BudgetScope.each(BudgetDimension.TENANT))
                        .window(window)
                        .hardLimit(limit)
                        .whenStoreFails(BudgetStore.FailurePolicy.CLOSED)
                        .build())
                .add(Budget.named("all")
                        .window(window)
                        .hardLimit(limit.add(limit))
                        .whenStoreFails(BudgetStore.FailurePolicy.CLOSED)
                        .build())
                .store(BudgetStore.redis(redis, "fleet", timeout))
                .holdFor(holdFor)
                .build();
    }

    /** What the threads of a member see of the store's absence. */
    private static final class Outages {

        private final AtomicBoolean away = new AtomicBoolean();
        private final LongAccumulator mostWaiting = new LongAccumulator(Math::max, 0);
        private final ConcurrentLinkedQueue<Instant> firstGrants = new ConcurrentLinkedQueue<>();

        void granted() {
            if (away.get() && away.compareAndSet(true, false)) {
                firstGrants.add(Instant.now());
            }
        }
    }

    private static final class Spender extends Thread {

        private final Budgets budgets;
        private final Outages outages;
        private final String name;
        private final int highestActual;
        private BigDecimal settled = BigDecimal.ZERO;

        Spender(Budgets budgets, Outages outages, String name, int highestActual) {
            this.budgets = budgets;
            this.outages = outages;
            this.name = name;
            this.highestActual = highestActual;
        }

        @Override
        public void run() {
            Random random = new Random(name.hashCode());
            int refusalsInARow = 0;
            for (int call = 0; refusalsInARow < 50; call++) {
                BudgetRequest request =
                        new BudgetRequest(name + "-" + call, SUBJECT, BigDecimal.valueOf(ESTIMATE_THOUSANDTHS, 3));
                BudgetDecision decision = budgets.hold(request);
                if (decision instanceof Granted granted) {
                    outages.granted();
                    BigDecimal actual = BigDecimal.valueOf(random.nextInt(highestActual + 1), 3);
                    granted.hold().settle(actual);
                    settled = settled.add(actual);
                    outages.mostWaiting.accumulate(budgets.stats().settlementsWaiting());
                    refusalsInARow = 0;
                } else if (((Refused) decision).refusal().reason() == BudgetDecision.Refusal.Reason.STORE_UNAVAILABLE) {
                    outages.away.set(true);
                    LockSupport.parkNanos(CALL_AGAIN.toNanos());
                } else {
                    refusalsInARow++;
                }
            }
        }
    }
}
