package dev.llmops.spring.boot.metrics;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.SignalRecorder;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.saturation.Saturation;
import dev.llmops.metrics.saturation.SaturationMonitor;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.Order;

/**
 * Records metrics on the application's registry, whichever back ends stand behind it.
 */
@AutoConfiguration(
        beforeName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration",
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass({GoldenSignals.class, MeterRegistry.class})
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.metrics.enabled"},
        matchIfMissing = true)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@EnableConfigurationProperties(LlmOpsMetricsProperties.class)
final class LlmOpsMetricsAutoConfiguration {

    @Bean
    @Order(ViewOrder.METRICS)
    @ConditionalOnMissingBean
    SignalRecorder llmOpsSignals(
            LlmOpsMetricsProperties properties,
            MeterRegistry registry,
            ObjectProvider<GoldenSignalsBuilderCustomizer> customizers) {
        GoldenSignals.Builder signals = GoldenSignals.builder()
                .profiles(properties.profiles().toArray(Profile[]::new))
                .labelLimit(properties.labelLimit())
                .exemplars(properties.exemplars());
        properties.labelLimits().forEach(signals::labelLimit);
        properties
                .thresholds()
                .forEach((instrument, thresholds) ->
                        thresholds.forEach(threshold -> signals.threshold(instrument, threshold)));
        if (properties.costByTenant()) {
            signals.costByTenant();
        }
        if (properties.costByFeature()) {
            signals.costByFeature();
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(signals));
        return signals.on(registry);
    }

    @Bean
    @Order(ViewOrder.METRICS)
    MeasurementReport.Area llmOpsMetricsArea(MeterRegistry registry) {
        return new MeasurementReport.Area("metrics", name(registry));
    }

    /** Returns the names of the back ends, such as {@code prometheus}. */
    private static String name(MeterRegistry registry) {
        if (registry instanceof CompositeMeterRegistry composite) {
            return composite.getRegistries().stream()
                    .map(LlmOpsMetricsAutoConfiguration::name)
                    .sorted()
                    .collect(Collectors.joining(" and "));
        }
        return registry.getClass().getSimpleName().replace("MeterRegistry", "").toLowerCase(Locale.ROOT);
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnSaturationSource.class)
    SaturationMonitor llmOpsSaturation(
            LlmOpsMetricsProperties properties, MeterRegistry registry, Telemetry llmOpsTelemetry) {
        LlmOpsMetricsProperties.Saturation sources = properties.saturation();
        Saturation.Builder saturation =
                Saturation.on(registry).interval(sources.interval()).telemetry(llmOpsTelemetry);
        if (sources.nvidiaDevices()) {
            saturation.nvidiaDevices();
        }
        sources.endpoints().forEach(saturation::endpoint);
        return saturation.start();
    }
}
