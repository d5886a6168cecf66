package dev.llmops.spring.boot.kafka;

import dev.llmops.kafka.KafkaCallSink;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.kafka.*}.
 *
 * @param bootstrapServers Brokers to begin with, such as kafka-1:9092; by default the call log does not go to Kafka.
 * @param topic Topic of the call events.
 * @param source Source of the events, a URI reference; by default the application's name after a slash.
 * @param keyField Field of the record by which events are spread over partitions.
 * @param queueCapacity Records that may wait for Kafka; those beyond are dropped and counted.
 * @param properties Properties of Kafka's producer, such as those of security; none by default.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.kafka")
record LlmOpsKafkaProperties(
        @Nullable String bootstrapServers,
        @DefaultValue("llm.calls") String topic,
        @Nullable String source,
        @DefaultValue("call_id") String keyField,

        @DefaultValue("" + KafkaCallSink.DEFAULT_QUEUE_CAPACITY)
        int queueCapacity,

        @DefaultValue Map<String, String> properties) {}
