package dev.llmops.cost.accounting;

import static dev.llmops.cost.accounting.AccountDimension.FEATURE;
import static dev.llmops.cost.accounting.AccountDimension.TENANT;
import static dev.llmops.cost.accounting.AccountDimension.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.book.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final Timing TIMING = Timing.builder(1).build();

    @Test
    void calls_are_added_up_by_each_combination_that_was_asked_for() {
        Accounts accounts = Accounts.builder().by(USER).by(TENANT, FEATURE).build();
        accounts.add(call("u1", "acme", "chat", "0.10"));
        accounts.add(call("u1", "acme", "search", "0.20"));
        accounts.add(call("u2", "acme", "chat", "0.0000000000000001"));

        assertThat(accounts.find(List.of("u1"), USER).amount("USD")).isEqualByComparingTo("0.30");
        assertThat(accounts.find(List.of("acme", "chat"), TENANT, FEATURE).amount("USD"))
                .isEqualByComparingTo("0.1000000000000001");
        assertThat(accounts.total().amount("USD")).isEqualByComparingTo("0.3000000000000001");
        assertThat(accounts.total().calls()).isEqualTo(3);
        assertThat(accounts.total().inputTokens()).isEqualTo(30);
        assertThat(accounts.top(1, "USD", USER).get(0).values()).containsExactly("u1");
        assertThatThrownBy(() -> accounts.accounts(FEATURE))
                .hasMessageStartingWith("dimensions are ")
                .hasMessageEndingWith("ask for them with by() when building the accounts");
    }

    @Property(tries = 200)
    void any_calls_add_up_to_what_a_plain_map_has(
            @ForAll @Size(max = 300) List<@IntRange(max = 40) Integer> users,
            @ForAll @IntRange(min = 1, max = 300) int readEvery) {
        Accounts accounts = Accounts.builder().by(USER).build();
        Map<String, BigDecimal> plain = new HashMap<>();
        for (int i = 0; i < users.size(); i++) {
            String user = "u" + users.get(i);
            BigDecimal amount = BigDecimal.valueOf(i, users.get(i));
            accounts.add(call(user, "t", "f", amount.toString()));
            plain.merge(user, amount, BigDecimal::add);
            if (i % readEvery == 0) {
                assertThat(accounts.find(List.of(user), USER).amount("USD")).isEqualByComparingTo(plain.get(user));
            }
        }

        assertThat(accounts.total().calls()).isEqualTo(users.size());
        assertThat(accounts.accounts(USER))
                .hasSize(plain.size())
                .allSatisfy(account -> assertThat(account.totals().amount("USD"))
                        .isEqualByComparingTo(plain.get(account.values().get(0))));
    }

    @Test
    void values_cannot_imitate_a_boundary_between_them() {
        Accounts accounts = Accounts.builder().by(TENANT, USER).build();
        accounts.add(call("3:b", "a", "f", "1"));
        accounts.add(call("b", "a3:", "f", "2"));

        assertThat(accounts.accounts(TENANT, USER)).hasSize(2);
        assertThat(accounts.find(List.of("a", "3:b"), TENANT, USER).amount("USD"))
                .isEqualByComparingTo("1");
    }

    @Test
    void currencies_stand_side_by_side() {
        Accounts accounts = Accounts.builder().by(USER).build();
        accounts.add(call("u", "t", "f", "1"));
        accounts.add(record("u", "t", "f", cost(CostState.EXACT, "5", "CNY")));

        AccountTotals totals = accounts.find(List.of("u"), USER);
        assertThat(totals.amounts().keySet()).containsExactly("CNY", "USD");
        assertThat(totals.amount("USD")).isEqualByComparingTo("1");
        assertThat(totals.calls()).isEqualTo(2);
    }

    @Test
    void unpriced_calls_are_counted_and_add_no_amount() {
        Accounts accounts = Accounts.builder().by(USER).build();
        accounts.add(record("u", "t", "f", Cost.unpriced("USD")));

        AccountTotals totals = accounts.find(List.of("u"), USER);
        assertThat(totals.amounts()).isEmpty();
        assertThat(totals.states()).containsEntry(CostState.UNPRICED, 1L);
    }

    @Test
    void corrections_may_be_negative_and_amounts_finer_or_larger_than_usual() {
        Accounts accounts = Accounts.builder().by(USER).build();
        List<String> amounts = List.of("-3.5", "1E-25", "123456789012345678901234567890.5", "1.25");
        amounts.forEach(amount -> accounts.add(call("u", "t", "f", amount)));

        BigDecimal sum = amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(accounts.find(List.of("u"), USER).amount("USD")).isEqualByComparingTo(sum);
    }

    @Test
    void accounts_beyond_the_bound_become_other_and_are_counted() {
        Accounts accounts = Accounts.builder().maxAccounts(2).by(USER).build();
        for (int i = 0; i < 5; i++) {
            accounts.add(call("u" + i, "t", "f", "1"));
        }
        accounts.add(call("u0", "t", "f", "1"));

        assertThat(accounts.find(List.of("u0"), USER).amount("USD")).isEqualByComparingTo("2");
        assertThat(accounts.find(List.of(Account.OTHER), USER).amount("USD")).isEqualByComparingTo("3");
        assertThat(accounts.overflow(USER)).isEqualTo(3);
        assertThat(accounts.total().amount("USD")).isEqualByComparingTo("6");
    }

    @Test
    void threads_lose_nothing() throws InterruptedException {
        Accounts accounts = Accounts.builder().by(USER).by(TENANT).build();
        int threads = 8;
        int calls = 5_000;
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                for (int i = 0; i < calls; i++) {
                    accounts.add(call("u" + i % 100, "t", "f", "0.000000001"));
                }
            });
            thread.start();
            running.add(thread);
        }
        go.countDown();
        for (Thread thread : running) {
            thread.join();
        }

        assertThat(accounts.total().amount("USD")).isEqualByComparingTo("0.00004");
        assertThat(accounts.find(List.of("t"), TENANT).calls()).isEqualTo((long) threads * calls);
        assertThat(accounts.accounts(USER))
                .hasSize(100)
                .allSatisfy(account -> assertThat(account.totals().calls()).isEqualTo((long) threads * calls / 100));
    }

    @Test
    void a_million_users_take_at_most_200_bytes_each() {
        int users = 1_000_000;
        Accounts accounts = Accounts.builder().by(USER).build();
        Cost cost = cost(CostState.EXACT, "0.01", "USD");
        long before = usedBytes();
        for (long i = 0; i < users; i++) {
            accounts.add(record(new UUID(i * 0x9E3779B97F4A7C15L, i).toString(), "t", "f", cost));
        }
        long perUser = (usedBytes() - before) / users;

        assertThat(perUser).isBetween(100L, 200L);
        assertThat(accounts.total().amount("USD")).isEqualByComparingTo("10000");
    }

    @Test
    void units_of_work_have_their_cost() {
        Accounts accounts = Accounts.builder().by(USER).build();
        accounts.add(call("u1", "t", "f", "0.25"));
        accounts.add(call("u2", "t", "f", "0.75"));
        accounts.add(record("u2", "t", "f", Cost.unpriced("USD")));

        UnitEconomics economics = accounts.unitEconomics("USD");

        assertThat(economics.perCall()).hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("0.5"));
        assertThat(economics.perMillionCalls())
                .hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("500000"));
        assertThat(economics.perActiveUser())
                .hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("0.5"));
        assertThat(economics.perThousandUsers())
                .hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("500"));
        assertThat(economics.perSuccess())
                .hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("0.333333333333333333"));
        assertThat(economics.perMillionTokens())
                .hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("22222.2222222222222"));
        assertThat(Accounts.builder().build().unitEconomics("USD").perCall()).isEmpty();
    }

    @Test
    void what_caches_saved_is_added_up() {
        Accounts accounts = Accounts.builder().cacheSavings(PriceBook::bundled).build();
        CallRecord call = call("u", "t", "f", "0");
        accounts.add(call.toBuilder()
                .usage(TokenUsage.inclusive(1_000_000, 0).cachedInput(1_000_000))
                .build());
        accounts.add(call.toBuilder()
                .usage(TokenUsage.inclusive(1_000_000, 0))
                .cache(CacheResult.HIT)
                .build());

        assertThat(accounts.cacheSavings().get("USD").promptCache()).isEqualByComparingTo("1.25");
        assertThat(accounts.cacheSavings().get("USD").answerCache()).isEqualByComparingTo("2.5");
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static CallRecord call(String user, String tenant, String feature, String amount) {
        return record(user, tenant, feature, cost(CostState.EXACT, amount, "USD"));
    }

    private static CallRecord record(String user, String tenant, String feature, Cost cost) {
        CallInfo info = CallInfo.builder(new UUID(0, 1), Instant.EPOCH, Operation.CHAT, "openai", "gpt-4o")
                .user(user)
                .tenant(tenant)
                .feature(feature)
                .build();
        return CallRecord.builder(info, Outcome.COMPLETED, TIMING)
                .usage(TokenUsage.inclusive(10, 5))
                .cost(cost)
                .build();
    }

    private static Cost cost(CostState state, String amount, String currency) {
        return new Cost(state, new BigDecimal(amount), currency, List.of(), null);
    }
}
