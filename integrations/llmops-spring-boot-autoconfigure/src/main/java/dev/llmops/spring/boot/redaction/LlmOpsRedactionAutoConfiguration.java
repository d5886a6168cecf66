package dev.llmops.spring.boot.redaction;

import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import dev.llmops.redaction.RedactorBuilder;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Redacts the texts of every record after all other enrichers, and before any view.
 */
@AutoConfiguration(beforeName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration")
@ConditionalOnClass(Redactor.class)
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.redaction.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(LlmOpsRedactionProperties.class)
final class LlmOpsRedactionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Redactor llmOpsRedactor(
            LlmOpsRedactionProperties properties, ObjectProvider<RedactorBuilderCustomizer> customizers) {
        try {
            RedactorBuilder redactor = Redactor.builder()
                    .ignore(properties.ignore().toArray(String[]::new))
                    .maxLength(properties.maxLength());
            properties.rules().forEach(redactor::rule);
            if (!properties.phoneRegions().isEmpty()) {
                redactor.phoneRegions(properties.phoneRegions().toArray(String[]::new));
            }
            customizers.orderedStream().forEach(customizer -> customizer.customize(redactor));
            return redactor.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new InvalidLlmOpsPropertyException(
                    "llmops.redaction",
                    List.of(String.valueOf(e.getMessage())),
                    "Correct it, or set llmops.redaction.enabled to false while nothing may be captured.",
                    e);
        }
    }

    @Bean
    @Order(ViewOrder.REDACTION)
    @ConditionalOnMissingBean
    RedactionEnricher llmOpsRedaction(Redactor redactor) {
        return RedactionEnricher.using(redactor);
    }

    @Bean
    @Order(ViewOrder.LOGS)
    MeasurementReport.Area llmOpsRedactionArea() {
        return new MeasurementReport.Area("redaction", "");
    }
}
