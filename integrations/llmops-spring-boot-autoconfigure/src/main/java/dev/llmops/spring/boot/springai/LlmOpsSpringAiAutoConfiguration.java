package dev.llmops.spring.boot.springai;

import dev.llmops.core.LlmOps;
import dev.llmops.spring.boot.LlmOpsAutoConfiguration;
import dev.llmops.spring.boot.cost.BudgetGuard;
import dev.llmops.spring.boot.cost.LlmOpsBudgetsAutoConfiguration;
import dev.llmops.spring.boot.internal.ObservedBeans;
import dev.llmops.spring.boot.internal.ObservedBeans.Kind;
import dev.llmops.spring.boot.report.LlmOpsReportAutoConfiguration;
import dev.llmops.spring.boot.report.MeasuredArea;
import dev.llmops.springai.LlmOpsAdvisor;
import dev.llmops.springai.LlmSpringAi;
import dev.llmops.springai.VersionSetFilter;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Adds the observing advisor to every chat client that Spring AI builds, asks the budgets before each chat, and observes tools
 * and embedding models.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        after = {LlmOpsAutoConfiguration.class, LlmOpsBudgetsAutoConfiguration.class},
        before = LlmOpsReportAutoConfiguration.class)
@ConditionalOnClass({LlmSpringAi.class, ChatClient.class, ProxyFactory.class})
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.spring-ai.enabled"},
        matchIfMissing = true)
@ConditionalOnBean(LlmOps.class)
@EnableConfigurationProperties(LlmOpsSpringAiProperties.class)
public final class LlmOpsSpringAiAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LlmOpsAdvisor llmOpsAdvisor(LlmOps llmOps) {
        return new LlmOpsAdvisor(llmOps);
    }

    @Bean
    @ConditionalOnMissingBean
    VersionSetFilter llmOpsVersionSetFilter(LlmOps llmOps) {
        return new VersionSetFilter(llmOps);
    }

    @Bean
    @ConditionalOnMissingBean(name = "llmOpsChatClients")
    ChatClientBuilderCustomizer llmOpsChatClients(LlmOpsAdvisor advisor, ObjectProvider<GuardedAdvisor> guarded) {
        return builder -> {
            GuardedAdvisor withBudgets = guarded.getIfAvailable();
            builder.defaultAdvisors(withBudgets == null ? advisor : withBudgets);
        };
    }

    @Bean
    @ConditionalOnMissingBean(name = "llmOpsObservedSpringAi")
    static ObservedBeans llmOpsObservedSpringAi(ObjectProvider<LlmOps> llmOps) {
        return new ObservedBeans(
                llmOps,
                LlmSpringAi.class,
                List.of(
                        new Kind<>(ToolCallingManager.class, LlmSpringAi::observe),
                        new Kind<>(EmbeddingModel.class, LlmSpringAi::observe)));
    }

    @Bean
    @Order
    MeasuredArea llmOpsSpringAiArea() {
        return new MeasuredArea("Spring AI", "");
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(BudgetGuard.class)
    @ConditionalOnBean(BudgetGuard.class)
    static class WithBudgets {

        @Bean
        @ConditionalOnMissingBean
        GuardedAdvisor llmOpsGuardedAdvisor(LlmOps llmOps, LlmOpsAdvisor advisor, BudgetGuard budgets) {
            return new GuardedAdvisor(llmOps, advisor, budgets);
        }
    }
}
