package dev.llmops.spring.boot.tracing;

import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.tracing.CallSpans;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Records spans through the application's OpenTelemetry, be it Spring Boot's or one of its own.
 */
@AutoConfiguration(
        beforeName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration",
        afterName = {
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
        })
@ConditionalOnClass({CallSpans.class, OpenTelemetry.class})
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.tracing.enabled"},
        matchIfMissing = true)
@ConditionalOnSingleCandidate(OpenTelemetry.class)
@EnableConfigurationProperties(LlmOpsTracingProperties.class)
final class LlmOpsTracingAutoConfiguration {

    @Bean
    @Order(ViewOrder.SPANS)
    @ConditionalOnMissingBean
    CallSpans llmOpsSpans(
            LlmOpsTracingProperties properties,
            OpenTelemetry openTelemetry,
            ObjectProvider<CallSpansBuilderCustomizer> customizers) {
        CallSpans.Builder spans = CallSpans.builder(openTelemetry)
                .profile(properties.profile())
                .laterEvents(properties.laterEvents())
                .inProcessProviders(properties.inProcessProviders().toArray(String[]::new))
                .propagateVersionSet(properties.propagateVersionSet())
                .passBaggage(key -> properties.passBaggage().stream().anyMatch(key::startsWith));
        customizers.orderedStream().forEach(customizer -> customizer.customize(spans));
        return spans.build();
    }

    @Bean
    @Order(ViewOrder.SPANS)
    MeasurementReport.Area llmOpsSpansArea(LlmOpsTracingProperties properties) {
        return new MeasurementReport.Area("spans", properties.profile().name().toLowerCase(Locale.ROOT));
    }

    /** Aligns Micrometer's tracer where it stands on OpenTelemetry. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(OtelTracer.class)
    @ConditionalOnBean(OtelTracer.class)
    static class WithMicrometer {

        @Bean
        @Order(ViewOrder.SPANS + 1)
        @ConditionalOnMissingBean
        MicrometerScopes llmOpsMicrometerScopes(OtelTracer tracer) {
            return new MicrometerScopes(tracer);
        }
    }
}
