package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.cost.budget.BudgetDecision.Granted;
import dev.llmops.cost.budget.FleetMember.Account;
import dev.llmops.cost.testing.ChildJvm;
import dev.llmops.cost.testing.RedisServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eight processes spend against one Redis. */
class BudgetFleetIT {

    /** A short form by default; {@code -Dllmops.fleet.members=8} is the long one. */
    private static final int MEMBERS = Integer.getInteger("llmops.fleet.members", 4);

    private static final int LONG_HOLD_SECONDS = 600;
    /** Generous, so that a slow machine is not taken for a Redis that is away. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

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
    void with_upper_bounds_as_estimates_the_limit_is_never_passed_and_every_cent_is_counted() throws Exception {
        BigDecimal settled = settled(accounts(fleet(FleetMember.ESTIMATE_THOUSANDTHS, LONG_HOLD_SECONDS)));

        BudgetStatus status = status();
        assertThat(status.spent()).isEqualByComparingTo(settled);
        assertThat(status.spent()).isLessThanOrEqualTo(FleetMember.LIMIT);
        assertThat(status.held()).isEqualByComparingTo("0");
        BigDecimal estimate = BigDecimal.valueOf(FleetMember.ESTIMATE_THOUSANDTHS, 3);
        assertThat(status.spent()).isGreaterThan(FleetMember.LIMIT.subtract(estimate));
    }

    @Test
    void calls_that_cost_more_than_estimated_pass_the_limit_by_no_more_than_those_under_way() throws Exception {
        int highestActual = 3 * FleetMember.ESTIMATE_THOUSANDTHS;
        List<Account> accounts = accounts(fleet(highestActual, LONG_HOLD_SECONDS));

        BigDecimal excess = BigDecimal.valueOf(highestActual - FleetMember.ESTIMATE_THOUSANDTHS, 3);
        int underWay = accounts.stream().mapToInt(Account::mostUnsettled).sum();
        BigDecimal bound = excess.multiply(BigDecimal.valueOf(underWay));
        BudgetStatus status = status();
        assertThat(status.spent()).isEqualByComparingTo(settled(accounts));
        assertThat(status.spent()).isLessThanOrEqualTo(FleetMember.LIMIT.add(bound));
    }

    @Test
    void processes_that_are_killed_leave_holds_that_expire_and_nothing_else() throws Exception {
        List<Process> members = fleet(FleetMember.ESTIMATE_THOUSANDTHS, 2);
        try (Budgets budgets = FleetMember.budgets(redis.uri(), TIMEOUT, FleetMember.LIMIT, Duration.ofSeconds(2))) {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> spent(budgets).compareTo(BigDecimal.ONE) > 0);
            members.subList(0, MEMBERS / 2).forEach(Process::destroyForcibly);
            BigDecimal survivors = settled(accounts(members.subList(MEMBERS / 2, MEMBERS)));

            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            budgets.status(FleetMember.SUBJECT).get(0).held().signum() == 0);
            assertThat(spent(budgets)).isBetween(survivors, FleetMember.LIMIT);
            BigDecimal left = FleetMember.LIMIT.subtract(spent(budgets));
            assertThat(budgets.hold(new BudgetRequest("the rest", FleetMember.SUBJECT, left)))
                    .isInstanceOf(Granted.class);
        }
    }

    private List<Process> fleet(int highestActual, int holdSeconds) throws IOException {
        List<Process> members = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            members.add(ChildJvm.start(
                    FleetMember.class,
                    redis.uri().toString(),
                    Long.toString(TIMEOUT.toMillis()),
                    FleetMember.LIMIT.toString(),
                    Integer.toString(member),
                    Integer.toString(highestActual),
                    Integer.toString(holdSeconds)));
        }
        return members;
    }

    static List<Account> accounts(List<Process> members) throws Exception {
        List<Account> accounts = new ArrayList<>();
        for (Process member : members) {
            byte[] output = member.getInputStream().readAllBytes();
            assertThat(member.waitFor()).isZero();
            accounts.add(Account.parse(new String(output, StandardCharsets.UTF_8)));
        }
        return accounts;
    }

    static BigDecimal settled(List<Account> accounts) {
        return accounts.stream().map(Account::settled).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BudgetStatus status() {
        try (Budgets budgets = FleetMember.budgets(redis.uri(), TIMEOUT, FleetMember.LIMIT, Duration.ofSeconds(2))) {
            return budgets.status(FleetMember.SUBJECT).get(0);
        }
    }

    private static BigDecimal spent(Budgets budgets) {
        return budgets.status(FleetMember.SUBJECT).get(0).spent();
    }
}
