package dev.llmops.cost.budget;

import dev.llmops.cost.budget.BudgetDecision.Granted;
import dev.llmops.cost.testing.ChildJvm;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One process of a fleet: spends from several threads until the budget refuses, then prints what it settled.
 * Arguments: Redis address, member number, highest actual cost in thousandths, hold time in seconds.
 */
final class FleetMember {

    static final int THREADS = 4;
    static final BigDecimal LIMIT = new BigDecimal("10");
    static final int ESTIMATE_THOUSANDTHS = 20;
    static final BudgetSubject SUBJECT =
            BudgetSubject.builder().tenant("acme").user("u1").build();

    private FleetMember() {}

    public static void main(String[] arguments) throws Exception {
        ChildJvm.endWithParent();
        int member = Integer.parseInt(arguments[1]);
        int highestActual = Integer.parseInt(arguments[2]);
        try (Budgets budgets = budgets(URI.create(arguments[0]), Duration.ofSeconds(Long.parseLong(arguments[3])))) {
            List<Spender> spenders = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Spender spender = new Spender(budgets, member + "-" + thread, highestActual);
                spender.start();
                spenders.add(spender);
            }
            BigDecimal settled = BigDecimal.ZERO;
            for (Spender spender : spenders) {
                spender.join();
                settled = settled.add(spender.settled);
            }
            System.out.println(settled.toPlainString());
        }
    }

    static Budgets budgets(URI redis, Duration holdFor) {
        BudgetWindow window = BudgetWindow.yearly(ZoneOffset.UTC);
        return Budgets.builder("USD")
                .add(Budget.named("tenant")
                        .scope(BudgetScope.each(BudgetDimension.TENANT))
                        .window(window)
                        .hardLimit(LIMIT)
                        .whenStoreFails(StoreFailurePolicy.CLOSED)
                        .build())
                .add(Budget.named("all")
                        .window(window)
                        .hardLimit(LIMIT.add(LIMIT))
                        .whenStoreFails(StoreFailurePolicy.CLOSED)
                        .build())
                .store(BudgetStore.redis(redis, "fleet", Duration.ofSeconds(10)))
                .holdFor(holdFor)
                .build();
    }

    private static final class Spender extends Thread {

        private final Budgets budgets;
        private final String name;
        private final int highestActual;
        private BigDecimal settled = BigDecimal.ZERO;

        Spender(Budgets budgets, String name, int highestActual) {
            this.budgets = budgets;
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
                if (budgets.hold(request) instanceof Granted granted) {
                    BigDecimal actual = BigDecimal.valueOf(random.nextInt(highestActual + 1), 3);
                    granted.hold().settle(actual);
                    settled = settled.add(actual);
                    refusalsInARow = 0;
                } else {
                    refusalsInARow++;
                }
            }
        }
    }
}
