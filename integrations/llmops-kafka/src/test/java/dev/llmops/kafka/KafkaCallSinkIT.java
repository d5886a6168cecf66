package dev.llmops.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.kafka.testing.KafkaBroker;
import dev.llmops.kafka.testing.TopicReader;
import dev.llmops.logging.CallLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sink and a real broker. */
@Timeout(60)
class KafkaCallSinkIT {

    private static final String TOPIC = "llm.calls";
    private static final Map<String, Object> FAST_RETRY =
            Map.of("reconnect.backoff.max.ms", 100, "retry.backoff.max.ms", 100);

    private static LlmOps llmops(KafkaCallSink sink) {
        return LlmOps.builder().listener(CallLog.builder().sink(sink).build()).build();
    }

    private static List<String> ids(KafkaBroker broker) {
        return TopicReader.readAll(broker, TOPIC).stream()
                .map(event -> TopicReader.header(event, "ce_id"))
                .toList();
    }

    /** Records from several threads, and says how long the slowest call's ending took. */
    private static Duration record(LlmOps llmops, int calls, Set<String> ids) throws InterruptedException {
        LongAccumulator slowest = new LongAccumulator(Long::max, 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < calls; i++) {
            threads.execute(() -> {
                LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
                ids.add(call.live().info().callId().toString());
                long before = System.nanoTime();
                call.finish("stop");
                slowest.accumulate(System.nanoTime() - before);
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        return Duration.ofNanos(slowest.get());
    }

    @Test
    void calls_of_many_threads_are_as_many_events_and_each_has_its_id() throws Exception {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic(TOPIC, 3);
            KafkaCallSink sink = KafkaCallSink.builder(broker.address(), TOPIC).build();
            String judged;
            try (LlmOps llmops = llmops(sink)) {
                record(llmops, 2000, ids);
                judged = ids.iterator().next();
                assertThat(llmops.feedback(judged, LlmEvent.Verdict.DOWN, null)).isTrue();
            }
            sink.close();
            assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(2001, 2001, 0));
            List<ConsumerRecord<String, String>> events = TopicReader.readAll(broker, TOPIC);
            assertThat(events).hasSize(2001);
            assertThat(events.stream().map(ConsumerRecord::key)).containsExactlyInAnyOrderElementsOf(with(ids, judged));
            assertThat(events)
                    .filteredOn(event -> TopicReader.header(event, "ce_type").equals("llmops.call"))
                    .extracting(event -> TopicReader.header(event, "ce_id"))
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(events.stream().map(ConsumerRecord::partition).distinct())
                    .hasSize(3);
        }
    }

    private static List<String> with(Set<String> ids, String again) {
        List<String> all = new ArrayList<>(ids);
        all.add(again);
        return all;
    }

    @Test
    void while_the_broker_is_down_nothing_waits_and_every_loss_is_counted() throws Exception {
        Set<String> early = ConcurrentHashMap.newKeySet();
        Set<String> late = ConcurrentHashMap.newKeySet();
        try (KafkaBroker broker = KafkaBroker.stopped()) {
            KafkaCallSink sink = KafkaCallSink.builder(broker.address(), TOPIC)
                    .queueCapacity(100)
                    .producerConfig(FAST_RETRY)
                    .build();
            long lost;
            try (LlmOps llmops = llmops(sink)) {
                assertThat(record(llmops, 500, early)).isLessThan(Duration.ofSeconds(5));
                assertThat(sink.stats().sent()).isZero();
                lost = sink.stats().dropped();
                assertThat(lost).isBetween(399L, 400L); // the queue holds 100, and the sending thread one more
                broker.resume();
                broker.createTopic(TOPIC, 3);
                await().atMost(Duration.ofSeconds(30)).until(() -> sink.stats().pending() == 0);
                record(llmops, 50, late);
                sink.close();
                assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(550, 550 - lost, lost));
                assertThat(llmops.telemetry().values(Telemetry.Kind.DROPPED))
                        .containsExactly(Map.entry("kafka_queue_full", lost));
            }
            List<String> events = ids(broker);
            assertThat(events)
                    .hasSize((int) (550 - lost))
                    .doesNotHaveDuplicates()
                    .containsAll(late);
            early.addAll(late);
            assertThat(early).containsAll(events);
        }
    }

    @Test
    void a_restart_of_the_broker_in_the_middle_loses_and_repeats_nothing() throws Exception {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic(TOPIC, 3);
            KafkaCallSink sink = KafkaCallSink.builder(broker.address(), TOPIC)
                    .producerConfig(FAST_RETRY)
                    .build();
            try (LlmOps llmops = llmops(sink)) {
                record(llmops, 300, ids);
                broker.stop();
                assertThat(record(llmops, 300, ids)).isLessThan(Duration.ofSeconds(5));
                broker.resume();
                record(llmops, 300, ids);
                await().atMost(Duration.ofSeconds(30)).until(() -> sink.stats().pending() == 0);
            }
            sink.close();
            assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(900, 900, 0));
            assertThat(ids(broker)).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void a_broker_that_never_comes_costs_all_entries_and_no_time_of_a_caller() throws Exception {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        try (KafkaBroker broker = KafkaBroker.stopped()) {
            KafkaCallSink sink = KafkaCallSink.builder(broker.address(), TOPIC).build();
            try (LlmOps llmops = llmops(sink)) {
                assertThat(record(llmops, 500, ids)).isLessThan(Duration.ofSeconds(5));
            }
            sink.close(Duration.ofMillis(200));
            assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(500, 0, 500));
        }
    }

    @Test
    void an_entry_that_the_producer_finds_too_large_is_counted_and_the_next_one_arrives() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic(TOPIC, 1);
            KafkaCallSink sink = KafkaCallSink.builder(broker.address(), TOPIC)
                    .producerConfig(Map.of("max.request.size", 3_000))
                    .build();
            String fitting;
            try (LlmOps llmops = llmops(sink)) {
                LlmCall large = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
                for (int i = 0; i < 4; i++) {
                    large.attribute("note" + i, "x".repeat(1_000));
                }
                large.finish("stop");
                LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
                fitting = call.live().info().callId().toString();
                call.finish("stop");
                sink.close();
                assertThat(sink.stats()).isEqualTo(new KafkaCallSink.Stats(2, 1, 1));
                assertThat(llmops.telemetry().values(Telemetry.Kind.DROPPED))
                        .containsExactly(Map.entry("kafka_undelivered", 1L));
            }
            assertThat(ids(broker)).containsExactly(fitting);
        }
    }
}
