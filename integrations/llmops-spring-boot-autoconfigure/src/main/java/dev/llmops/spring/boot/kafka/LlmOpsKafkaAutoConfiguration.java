package dev.llmops.spring.boot.kafka;

import dev.llmops.kafka.KafkaCallSink;
import dev.llmops.logging.CallLog;
import dev.llmops.spring.boot.MeasurementReport;
import dev.llmops.spring.boot.ViewOrder;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import dev.llmops.spring.boot.logging.CallLogBuilderCustomizer;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Sends the call log to Kafka as well, where brokers are named.
 */
@AutoConfiguration(beforeName = "dev.llmops.spring.boot.logging.LlmOpsLoggingAutoConfiguration")
@ConditionalOnClass({KafkaCallSink.class, CallLog.class})
@ConditionalOnBooleanProperty(
        name = {"llmops.enabled", "llmops.logging.enabled"},
        matchIfMissing = true)
@ConditionalOnProperty("llmops.kafka.bootstrap-servers")
@EnableConfigurationProperties(LlmOpsKafkaProperties.class)
final class LlmOpsKafkaAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KafkaCallSink llmOpsKafkaCallSink(LlmOpsKafkaProperties properties, Environment environment) {
        String source = Objects.requireNonNullElseGet(
                properties.source(), () -> "/" + environment.getProperty("spring.application.name", "llmops"));
        try {
            return KafkaCallSink.builder(
                            Objects.requireNonNullElse(properties.bootstrapServers(), ""), properties.topic())
                    .source(source)
                    .keyField(properties.keyField())
                    .queueCapacity(properties.queueCapacity())
                    .producerConfig(properties.properties())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new InvalidLlmOpsPropertyException(
                    "llmops.kafka", String.valueOf(e.getMessage()), "Correct the properties under llmops.kafka.");
        }
    }

    /** The log closes the sink, before the bean would be closed: closing twice is harmless. */
    @Bean
    CallLogBuilderCustomizer llmOpsKafkaLog(KafkaCallSink kafka) {
        return log -> log.sink(kafka);
    }

    @Bean
    @Order(ViewOrder.LOGS)
    MeasurementReport.Area llmOpsKafkaArea(LlmOpsKafkaProperties properties) {
        return new MeasurementReport.Area("kafka", properties.topic());
    }
}
