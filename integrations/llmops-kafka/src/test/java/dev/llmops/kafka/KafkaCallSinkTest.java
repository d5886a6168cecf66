package dev.llmops.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogRing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaCallSinkTest {

    private static final byte[] KEY = "a key of 32 bytes for pseudonyms".getBytes(UTF_8);

    private final FakeTicker ticker = new FakeTicker();
    private final LogRing ring = LogRing.of(100);

    private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
        return new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaCallSink sink(MockProducer<byte[], byte[]> producer, String keyField, int capacity) {
        return new KafkaCallSink(producer, new CloudEvents("llm.calls", "/shop/support", keyField), capacity);
    }

    private LlmOps llmops(KafkaCallSink sink, ContentPolicy policy) {
        return LlmOps.builder()
                .ticker(ticker)
                .clock(ticker.clock())
                .contentPolicy(policy)
                .listener(CallLog.builder().sink(sink).sink(ring).build())
                .build();
    }

    private static LlmCall start(LlmOps llmops) {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .user("u1")
                .tenant("acme")
                .requestId("r-1")
                .start();
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> event) {
        Map<String, String> headers = new TreeMap<>();
        event.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    @Test
    void a_call_is_an_event_with_its_own_id_and_the_record_of_the_log_as_its_data() {
        MockProducer<byte[], byte[]> producer = producer(true);
        KafkaCallSink sink = sink(producer, "call_id", 10);
        LlmCall call;
        try (LlmOps llmops = llmops(sink, ContentPolicy.ofDefaults())) {
            call = start(llmops);
            ticker.advanceMillis(1500);
            call.finish("stop");
        }
        sink.close();
        String callId = call.live().info().callId().toString();
        ProducerRecord<byte[], byte[]> event = producer.history().get(0);
        assertThat(producer.history()).hasSize(1);
        assertThat(event.topic()).isEqualTo("llm.calls");
        assertThat(event.key()).asString(UTF_8).isEqualTo(callId);
        assertThat(event.value())
                .asString(UTF_8)
                .isEqualTo(ring.entries().get(0).json());
        assertThat(event.timestamp())
                .isEqualTo(FakeTicker.START.plusMillis(1500).toEpochMilli());
        assertThat(headers(event))
                .isEqualTo(Map.of(
                        "content-type", "application/json",
                        "ce_specversion", "1.0",
                        "ce_id", callId,
                        "ce_source", "/shop/support",
                        "ce_type", "llmops.call",
                        "ce_subject", callId,
                        "ce_time", "2026-01-01T00:00:01.500Z",
                        "ce_dataschema", "urn:llmops:log:1"));
    }

    @Test
    void what_happens_to_a_call_later_has_ids_of_its_own_and_the_call_as_its_subject() {
        MockProducer<byte[], byte[]> producer = producer(true);
        KafkaCallSink sink = sink(producer, "call_id", 10);
        try (LlmOps llmops = llmops(sink, ContentPolicy.ofDefaults())) {
            start(llmops).finish("stop");
            llmops.feedback("r-1", LlmEvent.Verdict.UP, null);
            llmops.feedback("r-1", LlmEvent.Verdict.UP, null);
        }
        sink.close();
        List<Map<String, String>> headers =
                producer.history().stream().map(KafkaCallSinkTest::headers).toList();
        String callId = headers.get(0).get("ce_id");
        assertThat(headers)
                .extracting(h -> h.get("ce_type"))
                .containsExactly("llmops.call", "llmops.feedback", "llmops.feedback");
        assertThat(headers).extracting(h -> h.get("ce_subject")).containsOnly(callId);
        assertThat(headers).extracting(h -> h.get("ce_id")).doesNotHaveDuplicates();
        assertThat(producer.history())
                .allSatisfy(event -> assertThat(event.key()).asString(UTF_8).isEqualTo(callId));
    }

    @Test
    void a_key_of_choice_is_what_the_log_shows_and_a_pseudonym_where_it_shows_one() {
        MockProducer<byte[], byte[]> producer = producer(true);
        KafkaCallSink sink = sink(producer, "tenant", 10);
        ContentPolicy hashed = ContentPolicy.builder().idKey("k1", KEY).build();
        try (LlmOps llmops = llmops(sink, hashed)) {
            start(llmops).finish("stop");
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish("stop");
        }
        sink.close();
        ProducerRecord<byte[], byte[]> event = producer.history().get(0);
        assertThat(event.key()).asString(UTF_8).isEqualTo(hashed.tenant("acme")).isNotEqualTo("acme");
        assertThat(event.value()).asString(UTF_8).doesNotContain("acme").doesNotContain("\"u1\"");
        ProducerRecord<byte[], byte[]> withoutTenant = producer.history().get(1);
        assertThat(withoutTenant.key())
                .asString(UTF_8)
                .isEqualTo(headers(withoutTenant).get("ce_id"));
    }

    /** A producer that takes nothing until it is let go, as one that waits for metadata does. */
    private static final class StuckProducer extends MockProducer<byte[], byte[]> {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch free = new CountDownLatch(1);

        StuckProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            entered.countDown();
            boolean interrupted = false;
            while (free.getCount() > 0) {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return super.send(record, callback);
        }

        @Override
        public void close(Duration timeout) {
            super.close(timeout);
            free.countDown();
        }
    }

    @Test
    void a_full_queue_drops_what_comes_and_counts_it_and_the_caller_goes_on() throws InterruptedException {
        StuckProducer producer = new StuckProducer();
        KafkaCallSink sink = sink(producer, "call_id", 3);
        try (LlmOps llmops = llmops(sink, ContentPolicy.ofDefaults())) {
            start(llmops).finish("stop");
            producer.entered.await(); // one entry is out of the queue
            for (int i = 0; i < 10; i++) {
                start(llmops).finish("stop");
            }
            assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(11, 0, 7));
            assertThat(sink.stats().pending()).isEqualTo(4);
            assertThat(llmops.telemetry().values(Telemetry.Kind.DROPPED))
                    .containsExactly(Map.entry("kafka_queue_full", 7L));
            producer.free.countDown();
            sink.close();
            assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(11, 4, 7));
        }
    }

    @Test
    void closing_in_time_zero_drops_what_waits_and_what_comes_later() throws InterruptedException {
        StuckProducer producer = new StuckProducer();
        KafkaCallSink sink = sink(producer, "call_id", 10);
        try (LlmOps llmops = llmops(sink, ContentPolicy.ofDefaults())) {
            for (int i = 0; i < 4; i++) {
                start(llmops).finish("stop");
            }
            producer.entered.await();
            sink.close(Duration.ZERO);
            start(llmops).finish("stop");
            assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(5, 0, 5));
            assertThat(llmops.telemetry().values(Telemetry.Kind.DROPPED))
                    .containsExactly(Map.entry("kafka_closed", 1L), Map.entry("kafka_undelivered", 4L));
        }
        sink.close();
    }

    @Test
    void an_interrupted_thread_closes_at_once_and_stays_interrupted() throws InterruptedException {
        StuckProducer producer = new StuckProducer();
        KafkaCallSink sink = sink(producer, "call_id", 10);
        try (LlmOps llmops = llmops(sink, ContentPolicy.ofDefaults())) {
            start(llmops).finish("stop");
            producer.entered.await();
        }
        Thread.currentThread().interrupt();
        sink.close(Duration.ofDays(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(1, 0, 1));
    }

    @Test
    void what_the_broker_refuses_is_counted_once() {
        MockProducer<byte[], byte[]> producer = producer(false);
        KafkaCallSink sink = sink(producer, "call_id", 10);
        try (LlmOps llmops = llmops(sink, ContentPolicy.ofDefaults())) {
            start(llmops).finish("stop");
            await().until(() -> producer.errorNext(new TimeoutException("no broker")));
            start(llmops).finish("stop");
            await().until(producer::completeNext);
            producer.sendException = new IllegalStateException("out of order");
            start(llmops).finish("stop");
            await().until(() -> sink.stats().pending() == 0);
            assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(3, 1, 2));
            assertThat(llmops.telemetry().values(Telemetry.Kind.DROPPED))
                    .containsExactly(Map.entry("kafka_undelivered", 2L));
            assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, "KafkaCallSink"))
                    .isEqualTo(2);
        }
        sink.close();
    }

    @Test
    void all_broken_rules_are_named_together() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaCallSink.builder(" ", "llm calls")
                        .source("a b")
                        .keyField("")
                        .queueCapacity(0)
                        .build())
                .withMessage("""
                        bootstrapServers is empty — at least one host:port is needed — pass for example kafka-1:9092
                        topic is no topic's name ('llm calls') — letters, digits, '.', '_' and '-' are allowed — pass for example llm.calls
                        source is no URI reference ('a b') — CloudEvents need one that is not empty — pass for example /shop/support
                        keyField is empty — the name of a field of the record is needed — pass call_id or tenant
                        queueCapacity is too small (0) — at least 1 is allowed — pass for example 10000""");
    }

    @Test
    void properties_that_the_producer_refuses_are_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaCallSink.builder("localhost:9092", "llm.calls")
                        .producerConfig(Map.of("acks", "some"))
                        .build())
                .withMessageStartingWith("the producer refuses its properties (")
                .withMessageContaining("acks");
    }
}
