package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.privacy.Pseudonyms;
import dev.llmops.cost.budget.BudgetDecision.Granted;
import dev.llmops.cost.testing.RedisCluster;
import dev.llmops.cost.testing.RedisServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tenants spend against three nodes of a cluster. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BudgetClusterIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TENANTS = 120;
    private static final int THREADS = 32;
    private static final int ROUNDS = 3;
    private static final BigDecimal PRICE = new BigDecimal("0.3");
    private static final BigDecimal ENOUGH = new BigDecimal("1000000");

    private static RedisCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    private static Budgets budgets(BudgetStore store, BudgetStore.FailurePolicy policy) {
        return budgets(store, policy, BigDecimal.ONE);
    }

    private static Budgets budgets(BudgetStore store, BudgetStore.FailurePolicy policy, BigDecimal limit) {
        return Budgets.builder("USD")
                .add(Budget.named("tenant")
                        .scope(BudgetScope.each(BudgetDimension.TENANT))
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .hardLimit(limit)
                        .whenStoreFails(policy)
                        .build())
                .add(Budget.named("user")
                        .scope(BudgetScope.each(BudgetDimension.TENANT).andEach(BudgetDimension.USER))
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .hardLimit(limit.multiply(new BigDecimal("0.7")))
                        .whenStoreFails(policy)
                        .build())
                .store(store)
                .build();
    }

    private static BudgetSubject subject(int tenant, int user) {
        return BudgetSubject.builder().tenant("t" + tenant).user("u" + user).build();
    }

    /** Lets every thread try to spend ten times the limit of every tenant. */
    private static List<Integer> spend(Budgets budgets, String run) throws Exception {
        List<AtomicInteger> granted = new ArrayList<>();
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            granted.add(new AtomicInteger());
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            done.add(threads.submit(() -> {
                for (int call = 0; call < 5 * TENANTS; call++) {
                    int tenant = (number * TENANTS / THREADS + call) % TENANTS; // Not all threads on one node at once.
                    String id = run + "-" + number + "-" + call;
                    if (budgets.hold(new BudgetRequest(id, subject(tenant, number % 2), PRICE))
                            instanceof Granted held) {
                        granted.get(tenant).incrementAndGet();
                        held.hold().settle(PRICE);
                    }
                }
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();
        return granted.stream().map(AtomicInteger::get).toList();
    }

    @Test
    @Order(1)
    void every_tenant_spends_to_its_limit_and_no_further_and_all_nodes_take_part() throws Exception {
        try (BudgetStore store = BudgetStore.redisCluster(cluster.uris(), "limits", TIMEOUT);
                Budgets budgets = budgets(store, BudgetStore.FailurePolicy.CLOSED)) {
            assertThat(spend(budgets, "a")).hasSize(TENANTS).allMatch(granted -> granted == 3);
        }
        try (BudgetStore store = BudgetStore.redisCluster(cluster.uris().subList(2, 3), "limits", TIMEOUT);
                Budgets budgets = budgets(store, BudgetStore.FailurePolicy.CLOSED)) {
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                BudgetStatus status = budgets.status(subject(tenant, 0)).get(0);
                assertThat(status.spent()).isEqualByComparingTo("0.9");
                assertThat(status.held()).isEqualByComparingTo("0");
            }
        }
        assertThat(cluster.keys()).allMatch(keys -> keys > 0);
    }

    @Test
    @Order(2)
    void a_budget_without_the_tenant_is_refused() {
        try (BudgetStore store = BudgetStore.redisCluster(cluster.uris(), "refused", TIMEOUT)) {
            Budgets.Builder builder = Budgets.builder("USD")
                    .add(Budget.named("all")
                            .scope(BudgetScope.global())
                            .window(BudgetWindow.daily(ZoneOffset.UTC))
                            .hardLimit(BigDecimal.ONE)
                            .whenStoreFails(BudgetStore.FailurePolicy.CLOSED)
                            .build())
                    .store(store);

            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("budgets: budget 'all' has the scope global — one with the tenant, since the store is"
                            + " sharded by tenant — add it, or count on a BudgetStore.redis(…)");
        }
    }

    /**
     * Where servers and callers share few processors, what a server's own processor does for a call says how many calls it can
     * take where it has one for itself.
     */
    @Test
    @Order(3)
    @EnabledIfSystemProperty(named = "llmops.cluster.rate", matches = "true", disabledReason = "measures the machine")
    void rates() throws Exception {
        try (RedisServer redis = RedisServer.onFreePort()) {
            for (int round = 0; round < 3; round++) {
                try (BudgetStore one = BudgetStore.redis(redis.uri(), "rate" + round, TIMEOUT);
                        BudgetStore three = BudgetStore.redisCluster(cluster.uris(), "rate" + round, TIMEOUT)) {
                    report("one node", one, () -> List.of(redis.processorTime()));
                    report("three nodes", three, cluster::processorTimes);
                }
            }
        }
    }

    private static void report(String name, BudgetStore store, Supplier<List<Duration>> processorTimes)
            throws Exception {
        try (Budgets budgets = budgets(store, BudgetStore.FailurePolicy.CLOSED, ENOUGH)) {
            spend(budgets, "warm");
            List<Duration> before = processorTimes.get();
            long begun = System.nanoTime();
            for (int round = 0; round < ROUNDS; round++) {
                spend(budgets, "r" + round);
            }
            double calls = ROUNDS * THREADS * 5.0 * TENANTS;
            double seconds = (System.nanoTime() - begun) / 1e9;
            List<Duration> after = processorTimes.get();
            double busiestNanos = IntStream.range(0, before.size())
                    .mapToLong(i -> after.get(i).minus(before.get(i)).toNanos())
                    .max()
                    .orElseThrow();
            System.out.printf(
                    "%s: %.0f calls a second; the busiest server works %.1f µs a call%n",
                    name, calls / seconds, busiestNanos / 1e3 / calls);
        }
    }

    @Test
    @Order(4)
    void a_node_that_is_away_concerns_its_own_tenants_only() throws Exception {
        try (BudgetStore store = BudgetStore.redisCluster(cluster.uris(), "away", Duration.ofSeconds(1));
                Budgets budgets = budgets(store, BudgetStore.FailurePolicy.CLOSED)) {
            int lost = cluster.nodeOf(tag("away", "t0"));
            cluster.kill(lost);

            for (int tenant = 0; tenant < TENANTS; tenant++) {
                boolean isLost = cluster.nodeOf(tag("away", "t" + tenant)) == lost;
                BudgetDecision decision = budgets.hold(new BudgetRequest("after-" + tenant, subject(tenant, 0), PRICE));
                if (!isLost) {
                    assertThat(decision).as("tenant " + tenant).isInstanceOf(Granted.class);
                }
                if (tenant == 0) {
                    assertThat(decision).isNotInstanceOf(Granted.class);
                }
            }
        }
    }

    private static String tag(String namespace, String tenant) {
        return "llmops:" + namespace + ":" + Pseudonyms.unkeyed().of(tenant.length() + ":" + tenant);
    }
}
