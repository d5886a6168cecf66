package dev.llmops.spring.boot.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.llmops.core.LlmOps;
import dev.llmops.langchain4j.LlmLangChain4j;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.cost.BudgetGuard;
import dev.llmops.spring.boot.internal.ObservedBeans;
import dev.llmops.spring.boot.internal.ObservedBeans.Kind;
import java.util.List;
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
 * Observes every LangChain4j model among the beans, and asks the budgets before each chat.
 */
@AutoConfiguration(
        beforeName = "dev.llmops.spring.boot.LlmOpsReportAutoConfiguration",
        afterName = {
            "dev.llmops.spring.boot.LlmOpsAutoConfiguration",
            "dev.llmops.spring.boot.cost.LlmOpsBudgetsAutoConfiguration"
        })
@ConditionalOnClass({LlmLangChain4j.class, ChatModel.class, ProxyFactory.class})
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.langchain4j.enabled"},
        matchIfMissing = true)
@ConditionalOnBean(LlmOps.class)
@EnableConfigurationProperties(LlmOpsLangChain4jProperties.class)
final class LlmOpsLangChain4jAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "llmOpsObservedLangChain4j")
    static ObservedBeans llmOpsObservedLangChain4j(ObjectProvider<LlmOps> llmOps, ObjectProvider<ModelGuard> guard) {
        return new ObservedBeans(
                llmOps,
                LlmLangChain4j.class,
                List.of(
                        new Kind<>(
                                ChatModel.class,
                                (observer, model) ->
                                        LlmLangChain4j.observe(observer, guarded(ChatModel.class, model, guard))),
                        new Kind<>(
                                StreamingChatModel.class,
                                (observer, model) -> LlmLangChain4j.observe(
                                        observer, guarded(StreamingChatModel.class, model, guard))),
                        new Kind<>(EmbeddingModel.class, LlmLangChain4j::observe),
                        new Kind<>(ModerationModel.class, LlmLangChain4j::observe),
                        new Kind<>(ContentRetriever.class, LlmLangChain4j::observe)));
    }

    private static <T> T guarded(Class<T> type, T model, ObjectProvider<ModelGuard> guard) {
        ModelGuard admission = guard.getIfAvailable();
        return admission == null ? model : admission.guard(type, model);
    }

    @Bean
    @Order
    MeasurementReport.Area llmOpsLangChain4jArea() {
        return new MeasurementReport.Area("LangChain4j", "");
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(BudgetGuard.class)
    @ConditionalOnBean(BudgetGuard.class)
    static class WithBudgets {

        @Bean
        @ConditionalOnMissingBean
        ModelGuard llmOpsLangChain4jGuard(ObjectProvider<LlmOps> llmOps, BudgetGuard budgets) {
            return new ModelGuard(llmOps, budgets);
        }
    }
}
