package dev.llmops.spring.boot.logging;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.Slf4jSink;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.logging.LlmOpsLoggingProperties.Mode;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Writes one record per call through the application's SLF4J.
 */
@AutoConfiguration(beforeName = "dev.llmops.spring.boot.LlmOpsAutoConfiguration")
@ConditionalOnClass(CallLog.class)
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.logging.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(LlmOpsLoggingProperties.class)
final class LlmOpsLoggingAutoConfiguration {

    @Bean
    @Order(ViewOrder.LOGS)
    @ConditionalOnMissingBean
    CallLog llmOpsCallLog(
            LlmOpsLoggingProperties properties,
            ContentPolicy contentPolicy,
            Environment environment,
            ObjectProvider<CallLogBuilderCustomizer> customizers) {
        CallLog.Builder log = CallLog.builder()
                .sink(Slf4jSink.of(mode(properties.mode(), contentPolicy, environment)))
                .sampleRate(properties.sampleRate())
                .slow(properties.slow())
                .expensive(properties.expensive())
                .maxRecordBytes((int) properties.maxRecordSize().toBytes())
                .tokenAliases(properties.tokenAliases())
                .numericAmounts(properties.numericAmounts());
        customizers.orderedStream().forEach(customizer -> customizer.customize(log));
        return log.build();
    }

    @Bean
    @Order(ViewOrder.LOGS)
    MeasurementReport.Area llmOpsLogsArea(
            LlmOpsLoggingProperties properties, ContentPolicy contentPolicy, Environment environment) {
        CallLog.Mode mode = mode(properties.mode(), contentPolicy, environment);
        return new MeasurementReport.Area("logs", mode.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Plain patterns print the message alone. Structured formats also print key-value pairs, but replace characters beyond
     * U+FFFF, which only content is likely to hold.
     */
    static CallLog.Mode mode(Mode mode, ContentPolicy content, Environment environment) {
        return switch (mode) {
            case NESTED -> CallLog.Mode.NESTED;
            case FLAT -> CallLog.Mode.FLAT;
            case MESSAGE_JSON -> CallLog.Mode.MESSAGE_JSON;
            case AUTO ->
                isStructured(environment) && !content.showsContent() ? CallLog.Mode.NESTED : CallLog.Mode.MESSAGE_JSON;
        };
    }

    private static boolean isStructured(Environment environment) {
        return environment.containsProperty("logging.structured.format.console")
                || environment.containsProperty("logging.structured.format.file");
    }
}
