package dev.llmops.spring.boot.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.BudgetDecision;
import dev.llmops.cost.budget.BudgetStatus;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.budget.BudgetSubject;
import dev.llmops.cost.budget.BudgetWindow;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.spring.boot.LlmOpsContexts;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

class MoneyTest {

    private static final Instant LONG_AGO = Instant.EPOCH;
    private static final Instant LATER = Instant.parse("9999-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final ApplicationContextRunner contexts = LlmOpsContexts.bare().withBean(RecordingListener.class);

    private static LlmCall call(LlmOps llmops) {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .user("u1")
                .tenant("acme")
                .start();
    }

    /** One dollar at 2.50 a million. */
    private static void spendOneDollar(LlmOps llmops) {
        call(llmops).usage(TokenUsage.inclusive(400_000, 0)).finish("stop");
    }

    @Test
    void records_have_a_cost_by_the_bundled_prices() {
        contexts.run(context -> {
            spendOneDollar(context.getBean(LlmOps.class));
            assertThat(context.getBean(RecordingListener.class)
                            .onlyRecord()
                            .cost()
                            .amountOrNull())
                    .isEqualByComparingTo("1");
        });
    }

    @Test
    void a_price_book_of_the_application_comes_before_the_bundled_one() {
        contexts.withPropertyValues("llmops.cost.price-books=classpath:own-prices.yml")
                .run(context -> {
                    spendOneDollar(context.getBean(LlmOps.class));
                    assertThat(context.getBean(RecordingListener.class)
                                    .onlyRecord()
                                    .cost()
                                    .amountOrNull())
                            .isEqualByComparingTo("4");
                });
    }

    @Test
    void a_budget_of_the_properties_refuses_the_call_that_it_has_no_room_for() {
        contexts.withPropertyValues("llmops.budgets.user=2.00/day").run(context -> {
            LlmOps llmops = context.getBean(LlmOps.class);
            spendOneDollar(llmops);
            BudgetGuard guard = context.getBean(BudgetGuard.class);
            guard.admit(call(llmops), 200_000, 1);
            assertThatThrownBy(() -> guard.admit(call(llmops), 200_000, 1))
                    .isInstanceOf(BudgetExceededException.class)
                    .hasMessageContaining("user-day");
        });
    }

    @Test
    void a_refused_call_is_recorded_as_rejected() {
        contexts.withPropertyValues("llmops.budgets.user=0.50/day").run(context -> {
            BudgetGuard guard = context.getBean(BudgetGuard.class);
            LlmCall call = call(context.getBean(LlmOps.class));
            long inputTokens = 400_000;
            long maxOutputTokens = 1;
            assertThatThrownBy(() -> {
                        guard.admit(call, inputTokens, maxOutputTokens);
                    })
                    .isInstanceOf(BudgetExceededException.class);
            var record = context.getBean(RecordingListener.class).onlyRecord();
            assertThat(record.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(record.error().kind()).isEqualTo(ErrorKind.BUDGET_EXCEEDED);
        });
    }

    @Test
    void budgets_that_are_not_enforced_let_calls_through() {
        contexts.withPropertyValues("llmops.budgets.user=0.50/day", "llmops.budgets.enforce=false")
                .run(context ->
                        context.getBean(BudgetGuard.class).admit(call(context.getBean(LlmOps.class)), 400_000, 1));
    }

    @Test
    void every_limit_becomes_a_budget_of_its_scope_and_window() {
        contexts.withPropertyValues(
                        "llmops.budgets.total=100/month",
                        "llmops.budgets.user=2.00/day,10/week",
                        "llmops.budgets.values.tenant.acme=50/hour")
                .withBean(
                        Budget.class,
                        () -> Budget.named("own")
                                .window(BudgetWindow.rolling(Duration.ofHours(1)))
                                .hardLimit(BigDecimal.ONE)
                                .whenStoreFails(BudgetStore.FailurePolicy.OPEN)
                                .build())
                .run(context -> assertThat(context.getBean(Budgets.class)
                                .status(BudgetSubject.builder()
                                        .user("u1")
                                        .tenant("acme")
                                        .build()))
                        .extracting(BudgetStatus::budget)
                        .containsExactlyInAnyOrder("total-month", "user-day", "user-week", "tenant-acme-hour", "own"));
    }

    @Test
    void warnings_are_events_of_the_context() {
        List<Object> events = new ArrayList<>();
        contexts.withPropertyValues("llmops.budgets.user=1.10/day")
                .withBean("warnings", ApplicationListener.class, () ->
                        (ApplicationListener<PayloadApplicationEvent<?>>) event -> events.add(event.getPayload()))
                .run(context -> {
                    spendOneDollar(context.getBean(LlmOps.class));
                    context.getBean(BudgetGuard.class).admit(call(context.getBean(LlmOps.class)), 1, 1);
                });
        assertThat(events).anyMatch(BudgetDecision.Warning.class::isInstance);
    }

    @Test
    void without_a_data_source_the_ledger_is_a_folder() {
        contexts.withPropertyValues("llmops.ledger.enabled=true", "llmops.ledger.directory=" + folder)
                .run(context -> {
                    spendOneDollar(context.getBean(LlmOps.class));
                    assertThat(booked(context.getBean(Ledger.class))).isEqualTo(1);
                });
        assertThat(folder).isNotEmptyDirectory();
    }

    @Test
    void the_ledger_uses_the_data_source_of_the_application_and_seeds_budgets_after_a_restart() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1");
        ApplicationContextRunner restarting = contexts.withBean(DataSource.class, () -> database)
                .withPropertyValues(
                        "llmops.ledger.enabled=true",
                        "llmops.ledger.directory=" + folder,
                        "llmops.budgets.user=10/year");
        restarting.run(context -> {
            spendOneDollar(context.getBean(LlmOps.class));
            assertThat(context.getBean(Ledger.class).flush(Duration.ofSeconds(10)))
                    .isTrue();
        });
        restarting.run(context -> assertThat(context.getBean(Budgets.class)
                        .status(BudgetSubject.builder().user("u1").build()))
                .singleElement()
                .satisfies(status -> assertThat(status.spent()).isEqualByComparingTo("1")));
    }

    private static long booked(Ledger ledger) throws Exception {
        assertThat(ledger.flush(Duration.ofSeconds(10))).isTrue();
        return ledger.totals(LedgerQuery.period(LONG_AGO, LATER)
                        .by(LedgerDimension.MODEL)
                        .build())
                .size();
    }

    @Test
    void the_address_of_redis_is_that_of_the_connection_details() {
        DataRedisConnectionDetails redis = new DataRedisConnectionDetails() {
            @Override
            public String getUsername() {
                return "app";
            }

            @Override
            public String getPassword() {
                return "p@ss/word";
            }

            @Override
            public Standalone getStandalone() {
                return Standalone.of("redis.example", 6380, 2);
            }
        };
        RedisURI address = RedisURI.create(RedisBudgetStore.address(redis));
        assertThat(address.getHost()).isEqualTo("redis.example");
        assertThat(address.getPort()).isEqualTo(6380);
        assertThat(address.getDatabase()).isEqualTo(2);
        RedisCredentials credentials =
                address.getCredentialsProvider().resolveCredentials().block();
        assertThat(credentials.getUsername()).isEqualTo("app");
        assertThat(new String(credentials.getPassword())).isEqualTo("p@ss/word");
    }
}
