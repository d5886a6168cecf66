package dev.llmops.kafka;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The choices of a sink, checked together. */
record SinkSettings(
        String bootstrapServers,
        String topic,
        String source,
        String keyField,
        int queueCapacity,
        Map<String, Object> producerConfig) {

    void check() {
        List<String> problems = new ArrayList<>();
        if (bootstrapServers.isBlank()) {
            problems.add(
                    "bootstrapServers is empty — at least one host:port is needed — pass for example kafka-1:9092");
        }
        try {
            Topic.validate(topic);
        } catch (InvalidTopicException e) {
            problems.add("topic is no topic's name ('" + topic + "') — letters, digits, '.', '_' and '-' are allowed"
                    + " — pass for example llm.calls");
        }
        if (!isUriReference(source)) {
            problems.add("source is no URI reference ('" + source
                    + "') — CloudEvents need one that is not empty — pass for example /shop/support");
        }
        if (keyField.isBlank()) {
            problems.add("keyField is empty — the name of a field of the record is needed — pass call_id or tenant");
        }
        if (queueCapacity < 1) {
            problems.add("queueCapacity is too small (" + queueCapacity
                    + ") — at least 1 is allowed — pass for example " + KafkaCallSink.DEFAULT_QUEUE_CAPACITY);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private static boolean isUriReference(String text) {
        try {
            new URI(text);
            return !text.isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "llmops-call-sink");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.putAll(producerConfig);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try {
            return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "the producer refuses its properties (" + cause.getMessage()
                            + ") — those of Kafka's producer are allowed — correct bootstrapServers or producerConfig",
                    e);
        }
    }
}
