package dev.llmops.spring.boot.slo;

import dev.llmops.metrics.SignalRecorder;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.alert.AlertWebhook;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.engine.SloEngineBuilder;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.metrics.SloMeters;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import dev.llmops.spring.boot.metrics.GoldenSignalsBuilderCustomizer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Judges the objectives that a file, the properties or a bean define, and shows them as metrics.
 */
@AutoConfiguration(
        beforeName = {
            "dev.llmops.spring.boot.LlmOpsAutoConfiguration",
            "dev.llmops.spring.boot.metrics.LlmOpsMetricsAutoConfiguration"
        })
@ConditionalOnClass(SloEngine.class)
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.slo.enabled"},
        matchIfMissing = true)
@Conditional(OnObjectives.class)
@EnableConfigurationProperties(LlmOpsSloProperties.class)
final class LlmOpsSloAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ObjectiveSet llmOpsObjectives(LlmOpsSloProperties properties, Environment environment) {
        return Objectives.of(properties, environment.getProperty("spring.application.name"));
    }

    @Bean
    @Order(ViewOrder.OBJECTIVES)
    @ConditionalOnMissingBean
    SloEngine llmOpsSloEngine(
            LlmOpsSloProperties properties,
            ObjectiveSet objectives,
            ObjectProvider<AlertListener> alertListeners,
            ObjectProvider<SloEngineBuilderCustomizer> customizers) {
        try {
            SloEngineBuilder engine = SloEngine.builder()
                    .objectives(objectives)
                    .evaluateEvery(properties.evaluateEvery())
                    .replicas(properties::replicas);
            if (properties.snapshot() != null) {
                engine.snapshot(properties.snapshot());
            }
            alertListeners.orderedStream().forEach(engine::alertListener);
            customizers.orderedStream().forEach(customizer -> customizer.customize(engine));
            return engine.build();
        } catch (IllegalArgumentException e) {
            throw new InvalidLlmOpsPropertyException(
                    "llmops.slo",
                    List.of(String.valueOf(e.getMessage())),
                    "Correct it; docs/slo.md says what objectives can be.",
                    e);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("llmops.slo.webhook")
    AlertWebhook llmOpsAlertWebhook(LlmOpsSloProperties properties) {
        return AlertWebhook.builder(Objects.requireNonNull(properties.webhook()))
                .build();
    }

    @Bean
    @Order(ViewOrder.OBJECTIVES)
    MeasurementReport.Area llmOpsObjectivesArea(ObjectiveSet objectives) {
        return new MeasurementReport.Area("objectives", objectives.objectives().size() + " of them");
    }

    /** Gives histograms an edge at each threshold, and shows verdicts, burn rates and budgets as metrics. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SignalRecorder.class)
    static class AsMetrics {

        @Bean
        GoldenSignalsBuilderCustomizer llmOpsObjectiveThresholds(ObjectiveSet objectives) {
            return signals -> signals.histogramEdges(objectives.histogramEdges());
        }

        @Bean
        SmartInitializingSingleton llmOpsObjectiveMeters(
                SloEngine engine, ObjectProvider<SignalRecorder> signals, ObjectProvider<MeterRegistry> registry) {
            return () -> signals.ifAvailable(recorder -> SloMeters.bind(engine, registry.getObject()));
        }
    }
}
