package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmops.cost.budget.BudgetDecision.Granted;
import dev.llmops.cost.budget.BudgetDecision.Refused;
import dev.llmops.cost.testing.LogLines;
import dev.llmops.cost.testing.RedisServer;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisAwayIT {

    private static final BudgetSubject ANYONE = BudgetSubject.builder().build();
    /** Generous, so that a slow machine is not taken for a Redis that is away. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    /** A short form by default; {@code -Dllmops.redis.stall=10} is the long one. */
    private static final Duration STALL = Duration.ofSeconds(Integer.getInteger("llmops.redis.stall", 3));

    private RedisServer redis;

    @BeforeEach
    void start() throws Exception {
        redis = RedisServer.onFreePort();
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
    }

    @Test
    void a_budget_that_fails_open_grants_while_redis_hangs_and_settles_when_it_is_back() throws Exception {
        try (Budgets budgets = budgets(redis.uri(), BudgetStore.FailurePolicy.OPEN)) {
            redis.freeze();

            Granted granted = (Granted) budgets.hold(request("a"));
            granted.hold().settle(new BigDecimal("0.7"));

            assertThat(budgets.stats().failedOpen()).isEqualTo(1);
            assertThat(budgets.stats().settlementsWaiting()).isEqualTo(1);
            redis.thaw();
            await().until(() -> budgets.stats().settlementsWaiting() == 0);
            assertThat(spent(budgets)).isEqualByComparingTo("0.7");
        }
    }

    @Test
    void a_budget_that_fails_closed_refuses_while_redis_hangs_and_leaves_no_hold_behind() throws Exception {
        try (Budgets budgets = budgets(redis.uri(), BudgetStore.FailurePolicy.CLOSED)) {
            redis.freeze();

            BudgetDecision.Refusal refusal = ((Refused) budgets.hold(request("a"))).refusal();

            assertThat(refusal.reason()).isEqualTo(BudgetDecision.Refusal.Reason.STORE_UNAVAILABLE);
            assertThat(refusal.message())
                    .startsWith("budget 'day' (global) cannot be checked, because its store does not answer,"
                            + " and is set to refuse then; limit 5 USD, window ends ");
            assertThat(budgets.stats().failedClosed()).isEqualTo(1);
            redis.thaw();
            await().until(() -> budgets.stats().settlementsWaiting() == 0);
            assertThat(budgets.status(ANYONE).get(0).held()).isEqualByComparingTo("0");
        }
    }

    @Test
    void a_status_is_without_figures_while_redis_is_away() throws Exception {
        try (Budgets budgets = budgets(redis.uri(), BudgetStore.FailurePolicy.OPEN)) {
            redis.stop();

            BudgetStatus status = budgets.status(ANYONE).get(0);

            assertThat(status.spent()).isNull();
            assertThat(status.remaining()).isEmpty();
            assertThat(budgets.stats().storeFailures()).isEqualTo(1);
        }
    }

    @Test
    void a_redis_that_was_restarted_is_used_again_with_its_scripts_gone() throws Exception {
        try (Budgets budgets = budgets(redis.uri(), BudgetStore.FailurePolicy.OPEN)) {
            ((Granted) budgets.hold(request("a"))).hold().settle(BigDecimal.ONE);
            redis.stop();
            assertThat(budgets.hold(request("b"))).isInstanceOf(Granted.class);
            redis.start();

            await().atMost(Duration.ofSeconds(30)).until(() -> held(budgets) != null);
            long openBefore = budgets.stats().failedOpen();
            budgets.hold(request("c"));

            assertThat(budgets.stats().failedOpen()).isEqualTo(openBefore);
            assertThat(held(budgets)).isEqualByComparingTo("1");
        }
    }

    @Test
    void budgets_start_without_their_redis_and_find_it_later() throws Exception {
        redis.stop();
        try (Budgets budgets = budgets(redis.uri(), BudgetStore.FailurePolicy.CLOSED)) {
            assertThat(budgets.hold(request("a"))).isInstanceOf(Refused.class);

            redis.start();

            await().atMost(Duration.ofSeconds(30)).until(() -> held(budgets) != null);
            assertThat(budgets.hold(request("b"))).isInstanceOf(Granted.class);
        }
    }

    @Test
    void settlements_that_never_arrive_are_counted_when_the_budgets_close() throws Exception {
        Budgets budgets = budgets(redis.uri(), BudgetStore.FailurePolicy.OPEN);
        redis.stop();
        ((Granted) budgets.hold(request("a"))).hold().settle(BigDecimal.ONE);

        budgets.close();

        assertThat(budgets.stats().settlementsDropped()).isEqualTo(1);
        assertThat(budgets.stats().settlementsWaiting()).isZero();
    }

    @Test
    void a_budget_must_say_what_happens_while_redis_is_away() {
        BudgetStore store = BudgetStore.redis(redis.uri());
        assertThatThrownBy(() -> Budgets.builder("USD")
                        .add(Budget.named("day")
                                .window(BudgetWindow.daily(ZoneOffset.UTC))
                                .hardLimit(BigDecimal.ONE)
                                .build())
                        .store(store)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "budgets: budget 'day' has no whenStoreFails — OPEN or CLOSED, since its store can be away — set it");
        store.close();
    }

    @Test
    void processes_whose_clocks_differ_at_midnight_share_one_budget() {
        Instant midnight = Instant.parse("2026-11-29T00:00:00Z");
        try (Budgets slow = budgets(() -> midnight.minusSeconds(30));
                Budgets fast = budgets(() -> midnight.plusSeconds(30))) {
            settle(slow, "a", "3");
            settle(fast, "b", "1");

            await().untilAsserted(() -> assertThat(spent(slow)).isEqualByComparingTo("4"));
            assertThat(spent(fast)).isEqualByComparingTo("4");
        }
    }

    private Budgets budgets(InstantSource clock) {
        return builder(redis.uri(), BudgetStore.FailurePolicy.CLOSED)
                .clock(clock)
                .build();
    }

    private static void settle(Budgets budgets, String call, String amount) {
        await().until(() -> held(budgets) != null);
        ((Granted) budgets.hold(request(call))).hold().settle(new BigDecimal(amount));
    }

    @Test
    void a_redis_that_stalls_costs_two_lines_in_the_log_and_fewer_scripts_than_a_quiet_time() throws Exception {
        long quiet;
        try (RedisServer other = RedisServer.onFreePort();
                Budgets budgets = budgets(other.uri(), BudgetStore.FailurePolicy.CLOSED)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> held(budgets) != null);
            holdFrom16Threads(budgets, STALL);
            quiet = other.scriptsRun();
        }
        try (Budgets budgets = budgets(redis.uri(), BudgetStore.FailurePolicy.CLOSED);
                LogLines lines = LogLines.of("dev.llmops.cost.budget")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> held(budgets) != null);
            redis.freeze();
            holdFrom16Threads(budgets, STALL);
            redis.thaw();

            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(1))
                    .until(() -> budgets.hold(request(UUID.randomUUID().toString())) instanceof Granted);
            await().until(() -> budgets.stats().settlementsWaiting() == 0);
            System.out.printf(
                    "stalled for %s: %d refused, %d scripts, %d lines; quiet: %d scripts%n",
                    STALL,
                    budgets.stats().failedClosed(),
                    redis.scriptsRun(),
                    lines.texts().size(),
                    quiet);
            assertThat(redis.scriptsRun()).isLessThan(Math.min(200, quiet));
            assertThat(budgets.stats().failedClosed()).isGreaterThan(1_000);
            assertThat(lines.texts()).hasSize(2);
        }
    }

    private static void holdFrom16Threads(Budgets budgets, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(new Thread(() -> {
                while (System.nanoTime() < end) {
                    budgets.hold(request(UUID.randomUUID().toString()));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static Budgets budgets(URI uri, BudgetStore.FailurePolicy policy) {
        return builder(uri, policy).build();
    }

    private static Budgets.Builder builder(URI uri, BudgetStore.FailurePolicy policy) {
        return Budgets.builder("USD")
                .add(Budget.named("day")
                        .window(BudgetWindow.daily(ZoneOffset.UTC))
                        .hardLimit(new BigDecimal("5"))
                        .whenStoreFails(policy)
                        .build())
                .store(BudgetStore.redis(uri, "away", TIMEOUT));
    }

    private static BudgetRequest request(String callId) {
        return new BudgetRequest(callId, ANYONE, BigDecimal.ONE);
    }

    private static BigDecimal spent(Budgets budgets) {
        return budgets.status(ANYONE).get(0).spent();
    }

    private static BigDecimal held(Budgets budgets) {
        return budgets.status(ANYONE).get(0).held();
    }
}
