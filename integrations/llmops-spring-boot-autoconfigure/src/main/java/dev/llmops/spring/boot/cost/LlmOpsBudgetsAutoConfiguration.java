package dev.llmops.spring.boot.cost;

import dev.llmops.core.LlmListener;
import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.internal.CurrentPrices;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Keeps the budgets that the properties set, in this process or on Spring Boot's Redis. Warnings are published as events of
 * the application context.
 */
@AutoConfiguration(
        beforeName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration",
        after = LlmOpsCostAutoConfiguration.class,
        afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(Budgets.class)
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.cost.enabled", "llmops.budgets.enabled"},
        matchIfMissing = true)
@Conditional(OnBudgets.class)
@EnableConfigurationProperties(LlmOpsBudgetsProperties.class)
final class LlmOpsBudgetsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Budgets llmOpsBudgets(
            LlmOpsBudgetsProperties properties,
            BudgetStore store,
            ObjectProvider<Budget> beans,
            ApplicationEventPublisher events,
            ObjectProvider<BudgetsBuilderCustomizer> customizers) {
        try {
            Budgets.Builder budgets = Budgets.builder(properties.currency())
                    .store(store)
                    .holdFor(properties.holdFor())
                    .onWarning(events::publishEvent);
            BudgetReader.read(properties).forEach(budgets::add);
            beans.orderedStream().forEach(budgets::add);
            customizers.orderedStream().forEach(customizer -> customizer.customize(budgets));
            return budgets.build();
        } catch (IllegalArgumentException e) {
            throw new InvalidLlmOpsPropertyException(
                    "llmops.budgets", List.of(String.valueOf(e.getMessage())), "Correct the limit that it names.", e);
        }
    }

    @Bean
    @Order(ViewOrder.MONEY)
    @ConditionalOnMissingBean(name = "llmOpsBudgetListener")
    LlmListener llmOpsBudgetListener(Budgets budgets) {
        return budgets.listener();
    }

    @Bean
    @ConditionalOnMissingBean
    BudgetGuard llmOpsBudgetGuard(Budgets budgets, CurrentPrices prices, LlmOpsBudgetsProperties properties) {
        return new BudgetGuard(budgets, prices, properties.maxOutputTokens());
    }

    @Bean
    @Order(ViewOrder.MONEY)
    MeasurementReport.Area llmOpsBudgetsArea(LlmOpsBudgetsProperties properties) {
        return new MeasurementReport.Area(
                "budgets", "in " + properties.store().name().toLowerCase(Locale.ROOT));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "llmops.budgets.store", havingValue = "memory", matchIfMissing = true)
    static class InMemory {

        @Bean
        @ConditionalOnMissingBean
        BudgetStore llmOpsBudgetStore() {
            return BudgetStore.inMemory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "llmops.budgets.store", havingValue = "redis")
    @ConditionalOnClass(
            name = {
                "io.lettuce.core.RedisClient",
                "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails"
            })
    static class OnRedis {

        @Bean
        @ConditionalOnMissingBean
        BudgetStore llmOpsBudgetStore(
                LlmOpsBudgetsProperties properties, ObjectProvider<DataRedisConnectionDetails> redis) {
            return RedisBudgetStore.of(redis.getIfAvailable(), properties);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "llmops.budgets.store", havingValue = "redis")
    @Conditional(WithoutRedis.RedisIsAbsent.class)
    static class WithoutRedis {

        @Bean
        @ConditionalOnMissingBean
        BudgetStore llmOpsBudgetStore() {
            throw new InvalidLlmOpsPropertyException(
                    "llmops.budgets.store",
                    "budgets are to be kept on Redis, but Spring Boot's Redis support is not on the class path",
                    "Add org.springframework.boot:spring-boot-starter-data-redis, or set llmops.budgets.store to memory.");
        }

        static class RedisIsAbsent extends NoneNestedConditions {

            RedisIsAbsent() {
                super(ConfigurationPhase.REGISTER_BEAN);
            }

            @ConditionalOnClass(
                    name = {
                        "io.lettuce.core.RedisClient",
                        "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails"
                    })
            static class RedisIsPresent {}
        }
    }
}
