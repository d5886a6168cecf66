package dev.llmops.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.kafka.KafkaCallSink;
import dev.llmops.kafka.testing.KafkaBroker;
import dev.llmops.kafka.testing.TopicReader;
import dev.llmops.quality.drift.DriftWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The topology on a real broker, whose instances come and go. */
@Timeout(120)
class FleetTopologyIT {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private KafkaStreams start(KafkaBroker broker, Topology topology, String instance) {
        Properties properties = new Properties();
        properties.put("application.id", "fleet");
        properties.put("bootstrap.servers", broker.address());
        properties.put("processing.guarantee", "exactly_once_v2");
        properties.put("state.dir", folder.resolve(instance).toString());
        properties.put("replication.factor", 1);
        properties.put("commit.interval.ms", 100);
        properties.put("session.timeout.ms", 6_000);
        properties.put("heartbeat.interval.ms", 300);
        properties.put("auto.offset.reset", "earliest");
        KafkaStreams streams = new KafkaStreams(topology, properties);
        streams.start();
        return streams;
    }

    private static void awaitRunning(KafkaStreams streams) {
        await().atMost(Duration.ofSeconds(40)).until(() -> streams.state() == KafkaStreams.State.RUNNING);
    }

    private static Figures figures(KafkaBroker broker) {
        Map<String, String> latest = new HashMap<>();
        for (ConsumerRecord<String, String> figure : TopicReader.readAll(broker, "llm.fleet")) {
            latest.put(figure.key(), figure.value());
        }
        return new Figures(latest);
    }

    /** The calls that the fleet has counted on all days. */
    private static long counted(KafkaBroker broker) {
        Figures figures = figures(broker);
        return figures.published().keySet().stream()
                .filter(key -> key.startsWith("cost/"))
                .mapToLong(key -> figures.json(key).path("total").path("calls").asLong())
                .sum();
    }

    private static List<KafkaCallSink> join(Fleet fleet, KafkaBroker broker, int instances) {
        List<KafkaCallSink> sinks = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            sinks.add(KafkaCallSink.builder(broker.address(), "llm.calls")
                    .producerConfig(Map.of("client.id", "instance-" + i))
                    .build());
            fleet.join(sinks.get(i));
        }
        return sinks;
    }

    @Test
    void through_a_rebalance_and_a_restart_the_figures_are_exact() throws Exception {
        Instant yesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));
        try (KafkaBroker broker = KafkaBroker.start();
                Fleet fleet = new Fleet(yesterday)) {
            broker.createTopic("llm.calls", 3);
            broker.createTopic("llm.fleet", 1);
            List<KafkaCallSink> sinks = join(fleet, broker, 3);
            Topology topology = fleet.topology(INTERVAL).build();
            fleet.serve(400);
            KafkaStreams first = start(broker, topology, "a");
            awaitRunning(first);
            await().pollInterval(INTERVAL).atMost(Duration.ofSeconds(40)).until(() -> counted(broker) > 0);

            fleet.serve(400);
            KafkaStreams second = start(broker, fleet.topology(INTERVAL).build(), "b"); // some partitions move
            fleet.serve(400);
            awaitRunning(second);

            first.close(Duration.ofSeconds(20)); // all partitions move to the second
            fleet.serve(300);
            KafkaStreams again = start(broker, fleet.topology(INTERVAL).build(), "a");
            DriftWindow day = fleet.endDay();
            fleet.closeLogs();
            long events = sinks.stream().mapToLong(sink -> sink.stats().sent()).sum();
            assertThat(TopicReader.readAll(broker, "llm.calls")).hasSize((int) events);

            long calls = fleet.accounts.total().calls();
            await().pollInterval(INTERVAL).atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(counted(broker)).isEqualTo(calls);
                figures(broker).mustEqualThoseOf(fleet, day);
            });
            assertThat(figures(broker).published()).doesNotContainKey("skipped");
            again.close(Duration.ofSeconds(20));
            second.close(Duration.ofSeconds(20));
        }
    }
}
