package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.cost.budget.FleetMember.Account;
import dev.llmops.cost.testing.ChildJvm;
import dev.llmops.cost.testing.RedisServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet spends while two of its processes are killed and its Redis stalls, is killed and started again, and pauses its
 * clients. A short form by default; {@code -Dllmops.fleet.members=8} is the long one, with ten seconds for each outage.
 */
class BudgetOutageIT {

    private static final int MEMBERS = Integer.getInteger("llmops.fleet.members", 4);
    private static final int KILLED = 2;
    private static final Duration OUTAGE = Duration.ofSeconds(MEMBERS < 8 ? 2 : 10);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final BigDecimal LIMIT = BigDecimal.valueOf(MEMBERS < 8 ? 50 : 200);
    /** Where many processes start at once, the first connection may come too late. */
    private static final int LINES_AT_START = 2;

    private static final Duration LONG_HOLD = Duration.ofMinutes(10);

    private final List<Process> members = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        members.forEach(Process::destroyForcibly);
    }

    @Test
    void estimates_that_are_upper_bounds_keep_the_limit_through_kills_and_outages() throws Exception {
        BigDecimal bound = LIMIT;
        run(FleetMember.ESTIMATE_THOUSANDTHS, accounts -> bound);
    }

    @Test
    void calls_beyond_their_estimates_pass_the_limit_by_those_under_way_through_kills_and_outages() throws Exception {
        int highestActual = 3 * FleetMember.ESTIMATE_THOUSANDTHS;
        BigDecimal excess = BigDecimal.valueOf(highestActual - FleetMember.ESTIMATE_THOUSANDTHS, 3);
        run(highestActual, accounts -> {
            int underWay = accounts.stream().mapToInt(Account::mostUnsettled).sum();
            return LIMIT.add(excess.multiply(BigDecimal.valueOf(underWay)));
        });
    }

    private void run(int highestActual, Bound bound) throws Exception {
        try (RedisServer redis = RedisServer.thatRemembers(directory);
                Budgets budgets = FleetMember.budgets(redis.uri(), TIMEOUT, LIMIT, LONG_HOLD)) {
            fleet(redis, highestActual);
            awaitSpent(budgets, 0.1);
            members.subList(0, KILLED).forEach(Process::destroyForcibly);

            awaitSpent(budgets, 0.2);
            List<Instant> returns = new ArrayList<>();
            redis.freeze();
            await().pollDelay(OUTAGE).atMost(OUTAGE.plusSeconds(5)).until(() -> true);
            returns.add(Instant.now());
            redis.thaw();

            awaitSpent(budgets, 0.4);
            redis.stop();
            await().pollDelay(OUTAGE).atMost(OUTAGE.plusSeconds(5)).until(() -> true);
            redis.start();
            returns.add(Instant.now());

            awaitSpent(budgets, 0.6);
            redis.pause(OUTAGE);
            returns.add(Instant.now().plus(OUTAGE));

            List<Account> survivors = BudgetFleetIT.accounts(members.subList(KILLED, MEMBERS));
            BudgetStatus status = budgets.status(FleetMember.SUBJECT).get(0);
            report(status, survivors, returns);
            assertThat(status.spent()).isGreaterThanOrEqualTo(BudgetFleetIT.settled(survivors));
            assertThat(status.spent().add(status.held())).isLessThanOrEqualTo(bound.of(survivors));
            for (Account survivor : survivors) {
                for (Instant back : returns) {
                    assertThat(firstGrant(survivor, back)).isBefore(back.plusSeconds(1));
                }
                assertThat(survivor.logLines()).isBetween(2 * returns.size(), LINES_AT_START + 2 * returns.size());
            }
        }
    }

    private void fleet(RedisServer redis, int highestActual) throws IOException {
        for (int member = 0; member < MEMBERS; member++) {
            members.add(ChildJvm.start(
                    FleetMember.class,
                    redis.uri().toString(),
                    Long.toString(TIMEOUT.toMillis()),
                    LIMIT.toString(),
                    Integer.toString(member),
                    Integer.toString(highestActual),
                    Long.toString(LONG_HOLD.toSeconds())));
        }
    }

    private static void awaitSpent(Budgets budgets, double share) {
        BigDecimal amount = LIMIT.multiply(BigDecimal.valueOf(share));
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(120))
                .until(() -> {
                    BigDecimal spent =
                            budgets.status(FleetMember.SUBJECT).get(0).spent();
                    return spent != null && spent.compareTo(amount) > 0;
                });
    }

    /** A member that got none counts as a day late. */
    private static Instant firstGrant(Account member, Instant back) {
        return member.firstGrants().stream()
                .filter(grant -> !grant.isBefore(back))
                .findFirst()
                .orElse(back.plus(Duration.ofDays(1)));
    }

    private static void report(BudgetStatus status, List<Account> survivors, List<Instant> returns) {
        System.out.printf(Locale.ROOT, "limit %s, spent %s, held %s%n", LIMIT, status.spent(), status.held());
        for (Instant back : returns) {
            System.out.printf(
                    Locale.ROOT,
                    "first grant after the return: %s ms%n",
                    survivors.stream()
                            .map(member -> Duration.between(back, firstGrant(member, back))
                                    .toMillis())
                            .sorted()
                            .toList());
        }
        System.out.printf(
                Locale.ROOT,
                "log lines a process: %s%n",
                survivors.stream().map(Account::logLines).toList());
    }

    private interface Bound {

        BigDecimal of(List<Account> survivors);
    }
}
