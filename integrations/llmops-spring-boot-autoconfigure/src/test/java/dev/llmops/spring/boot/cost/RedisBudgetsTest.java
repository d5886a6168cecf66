package dev.llmops.spring.boot.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.budget.BudgetSubject;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.testing.RedisServer;
import dev.llmops.spring.boot.LlmOpsContexts;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Budgets that a YAML file puts on the Redis of the application. */
class RedisBudgetsTest {

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = RedisServer.onFreePort();
    }

    @AfterAll
    static void stopRedis() throws InterruptedException {
        redis.close();
    }

    private static ApplicationContextRunner contexts() {
        return LlmOpsContexts.bare()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.config.name=budgets-in-redis", "spring.data.redis.url=" + redis.uri());
    }

    private static LlmCall call(ApplicationContext context, String user) {
        return context.getBean(LlmOps.class)
                .call(Operation.CHAT, "openai", "gpt-4o")
                .user(user)
                .start();
    }

    /** One dollar at 2.50 a million. */
    private static void spendOneDollar(ApplicationContext context, String user) {
        call(context, user).usage(TokenUsage.inclusive(400_000, 0)).finish("stop");
    }

    @Test
    void what_one_instance_spends_another_one_refuses() {
        contexts()
                .run(first -> contexts().run(second -> {
                    spendOneDollar(first, "shared");
                    BudgetGuard guard = second.getBean(BudgetGuard.class);
                    LlmCall call = call(second, "shared");
                    assertThatThrownBy(() -> guard.admit(call, 400_000, 1)).isInstanceOf(BudgetExceededException.class);
                }));
    }

    @Test
    void spending_outlives_the_instance() {
        contexts().run(context -> spendOneDollar(context, "restarted"));
        contexts()
                .run(context -> assertThat(context.getBean(Budgets.class)
                                .status(BudgetSubject.builder()
                                        .user("restarted")
                                        .build()))
                        .singleElement()
                        .satisfies(status -> assertThat(status.spent()).isEqualByComparingTo("1")));
    }

    @Test
    void calls_go_through_while_redis_does_not_answer() throws IOException, InterruptedException {
        RedisServer own = RedisServer.onFreePort();
        contexts().withPropertyValues("spring.data.redis.url=" + own.uri()).run(context -> {
            own.close();
            context.getBean(BudgetGuard.class).admit(call(context, "u1"), 4_000_000, 1);
        });
    }
}
