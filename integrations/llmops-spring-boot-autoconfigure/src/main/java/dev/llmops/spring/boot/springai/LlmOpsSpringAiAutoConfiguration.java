package dev.llmops.spring.boot.springai;

import dev.llmops.core.LlmOps;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.cost.BudgetGuard;
import dev.llmops.spring.boot.internal.ObservedBeans;
import dev.llmops.spring.boot.internal.ObservedBeans.Kind;
import dev.llmops.springai.LlmOpsAdvisor;
import dev.llmops.springai.LlmSpringAi;
import dev.llmops.springai.VersionSetFilter;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.model.ChatModel;
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
 * Adds the observing advisor to every chat client that Spring AI builds, observes tools and the chat and embedding models that
 * are used without a client, and asks the budgets before each chat.
 */
@AutoConfiguration(
        beforeName = "dev.llmops.spring.boot.LlmOpsReportAutoConfiguration",
        afterName = {
            "dev.llmops.spring.boot.LlmOpsAutoConfiguration",
            "dev.llmops.spring.boot.cost.LlmOpsBudgetsAutoConfiguration"
        })
@ConditionalOnClass({LlmSpringAi.class, ChatClient.class, ProxyFactory.class})
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.spring-ai.enabled"},
        matchIfMissing = true)
@ConditionalOnBean(LlmOps.class)
@EnableConfigurationProperties(LlmOpsSpringAiProperties.class)
final class LlmOpsSpringAiAutoConfiguration {

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
    static ObservedBeans llmOpsObservedSpringAi(ObjectProvider<LlmOps> llmOps, ObjectProvider<PromptGuard> guard) {
        return new ObservedBeans(
                llmOps,
                LlmSpringAi.class,
                List.of(
                        new Kind<>(
                                ChatModel.class,
                                (observer, model) -> LlmSpringAi.observe(observer, guarded(model, guard))),
                        new Kind<>(ToolCallingManager.class, LlmSpringAi::observe),
                        new Kind<>(EmbeddingModel.class, LlmSpringAi::observe)));
    }

    private static ChatModel guarded(ChatModel model, ObjectProvider<PromptGuard> guard) {
        PromptGuard admission = guard.getIfAvailable();
        return admission == null ? model : admission.guard(model);
    }

    @Bean
    @Order
    MeasurementReport.Area llmOpsSpringAiArea() {
        return new MeasurementReport.Area("Spring AI", "");
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(BudgetGuard.class)
    @ConditionalOnBean(BudgetGuard.class)
    static class WithBudgets {

        @Bean
        @ConditionalOnMissingBean
        PromptGuard llmOpsPromptGuard(ObjectProvider<LlmOps> llmOps, BudgetGuard budgets) {
            return new PromptGuard(llmOps, budgets);
        }

        @Bean
        @ConditionalOnMissingBean
        GuardedAdvisor llmOpsGuardedAdvisor(LlmOpsAdvisor advisor, PromptGuard prompts) {
            return new GuardedAdvisor(advisor, prompts);
        }
    }
}
