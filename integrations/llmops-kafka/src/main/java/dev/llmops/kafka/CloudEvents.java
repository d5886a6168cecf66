package dev.llmops.kafka;

import dev.llmops.logging.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Entries of the call log as CloudEvents 1.0 in the binary mode of the Kafka protocol binding: attributes in headers, and the
 * record of the log, as it is, in the value.
 *
 * <p>See docs/decisions/integrations.md#events-in-binary-mode.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">the binding</a>
 */
final class CloudEvents {

    private static final String CALL_ID = "call_id";
    /** The {@code $id} of the schema of all records. */
    private static final String DATA_SCHEMA = "urn:llmops:log:1";

    private final String topic;
    private final String source;
    private final String keyField;

    CloudEvents(String topic, String source, String keyField) {
        this.topic = topic;
        this.source = source;
        this.keyField = keyField;
    }

    ProducerRecord<byte[], byte[]> of(LogEntry entry) {
        String callId = text(entry, CALL_ID, "");
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                null,
                entry.timestamp().toEpochMilli(),
                bytes(text(entry, keyField, callId)),
                bytes(entry.json()));
        Headers headers = record.headers();
        headers.add("content-type", bytes("application/json"));
        headers.add("ce_specversion", bytes("1.0"));
        headers.add("ce_id", bytes(entry.isCall() ? callId : idOfLaterEvent()));
        headers.add("ce_source", bytes(source));
        headers.add("ce_type", bytes(entry.name()));
        headers.add("ce_subject", bytes(callId));
        headers.add("ce_time", bytes(entry.timestamp().toString()));
        headers.add("ce_dataschema", bytes(DATA_SCHEMA));
        return record;
    }

    /** Two equal thumbs are two events, so the id does not come from what was said. */
    private static String idOfLaterEvent() {
        return UUID.randomUUID().toString();
    }

    private static String text(LogEntry entry, String field, String otherwise) {
        return entry.fields().get(field) instanceof String text ? text : otherwise;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
