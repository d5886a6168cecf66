package dev.llmops.spring.boot.aspect;

import dev.llmops.aspect.LlmAnnotations;
import dev.llmops.aspect.LlmObservedAspect;
import dev.llmops.aspect.TagExpressionResolver;
import dev.llmops.aspect.TagResolver;
import dev.llmops.core.LlmOps;
import dev.llmops.core.response.ResponseReader;
import dev.llmops.spring.boot.MeasurementReport;
import org.aspectj.weaver.Advice;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Observes methods with {@code @LlmObserved}, {@code @LlmPhase} and {@code @LlmTool} where AspectJ is on the class path.
 * Readers, resolvers of tags and of expressions are beans; annotations may hold placeholders of properties.
 */
@AutoConfiguration(
        beforeName = "dev.llmops.spring.boot.LlmOpsReportAutoConfiguration",
        afterName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration")
@ConditionalOnClass({LlmObservedAspect.class, Advice.class})
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.aspect.enabled"},
        matchIfMissing = true)
@ConditionalOnBean(LlmOps.class)
@EnableConfigurationProperties(LlmOpsAspectProperties.class)
final class LlmOpsAspectAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LlmAnnotations llmOpsAnnotations(
            LlmOps llmOps,
            Environment environment,
            BeanFactory beans,
            ObjectProvider<ResponseReader> readers,
            ObjectProvider<TagExpressionResolver> expressions) {
        LlmAnnotations.Builder annotations = LlmAnnotations.builder(llmOps)
                .placeholders(environment::resolvePlaceholders)
                .resolvers(type -> resolver(beans, type));
        readers.orderedStream().forEach(annotations::reader);
        expressions.ifAvailable(annotations::expressions);
        return annotations.build();
    }

    private static TagResolver resolver(BeanFactory beans, Class<? extends TagResolver> type) {
        TagResolver bean = beans.getBeanProvider(type).getIfAvailable();
        return bean == null ? BeanUtils.instantiateClass(type) : bean;
    }

    @Bean
    @ConditionalOnMissingBean
    LlmObservedAspect llmOpsObservedAspect(LlmAnnotations annotations) {
        return new LlmObservedAspect(annotations);
    }

    @Bean
    @Order
    MeasurementReport.Area llmOpsAspectArea() {
        return new MeasurementReport.Area("@LlmObserved", "");
    }
}
