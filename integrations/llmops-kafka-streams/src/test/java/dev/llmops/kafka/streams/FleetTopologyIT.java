package dev.llmops.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.kafka.KafkaCallSink;
import dev.llmops.kafka.testing.KafkaBroker;
import dev.llmops.kafka.testing.TopicReader;
import dev.llmops.quality.drift.DriftWindow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The topology on a real broker, whose instances come and go. */
@Timeout(300)
class FleetTopologyIT {

    private static final Duration INTERVAL = FleetProcess.INTERVAL;

    @TempDir
    private Path folder;

    private KafkaStreams start(KafkaBroker broker, Topology topology, String instance) {
        return FleetProcess.start(broker.address(), topology, folder.resolve(instance));
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
        try (KafkaBroker broker = KafkaBroker.start();
                Fleet fleet = new Fleet(threeDaysAgo())) {
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
            mustEndExactly(fleet, broker, sinks);
            again.close(Duration.ofSeconds(20));
            second.close(Duration.ofSeconds(20));
        }
    }

    /**
     * Ends the day, and compares the figures with those of the process that made the calls. A broker that starts forgets producers
     * whose records are over a day old, as these are, so it may keep a batch twice; the topology leaves the copies out.
     */
    private static void mustEndExactly(Fleet fleet, KafkaBroker broker, List<KafkaCallSink> sinks) {
        DriftWindow day = fleet.endDay();
        fleet.closeLogs();
        long events = sinks.stream().mapToLong(sink -> sink.stats().sent()).sum();
        List<String> kept = TopicReader.readAll(broker, "llm.calls").stream()
                .map(record -> new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .toList();
        assertThat(Set.copyOf(kept)).hasSize((int) events);
        long copies = kept.size() - events;
        Map<String, String> skipped = copies == 0 ? Map.of() : Map.of("skipped", "{\"repeated\":" + copies + "}");

        long calls = fleet.accounts.total().calls();
        await().pollInterval(INTERVAL).atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            assertThat(counted(broker)).isEqualTo(calls);
            figures(broker).mustEqualThoseOf(fleet, day);
            assertThat(figures(broker).published()).containsAllEntriesOf(skipped);
        });
        assertThat(figures(broker).published().containsKey("skipped")).isEqualTo(copies > 0);
    }

    @Test
    void through_a_restart_of_the_broker_the_figures_are_exact() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start();
                Fleet fleet = new Fleet(threeDaysAgo())) {
            broker.createTopic("llm.calls", 3);
            broker.createTopic("llm.fleet", 1);
            List<KafkaCallSink> sinks = join(fleet, broker, 2);
            fleet.serve(300);
            KafkaStreams streams = start(broker, fleet.topology(INTERVAL).build(), "a");
            awaitRunning(streams);
            await().pollInterval(INTERVAL).atMost(Duration.ofSeconds(60)).until(() -> counted(broker) > 0);

            fleet.serve(200);
            broker.stop(); // while both sinks and the topology are at work
            fleet.serve(200);
            broker.resume();
            fleet.serve(200);

            mustEndExactly(fleet, broker, sinks);
            assertThat(sinks)
                    .allSatisfy(sink -> assertThat(sink.stats().dropped()).isZero());
            streams.close(Duration.ofSeconds(20));
        }
    }

    @Test
    void after_a_process_was_killed_in_the_middle_the_figures_are_exact() throws Exception {
        Instant began = threeDaysAgo();
        try (KafkaBroker broker = KafkaBroker.start();
                Fleet fleet = new Fleet(began)) {
            broker.createTopic("llm.calls", 3);
            broker.createTopic("llm.fleet", 1);
            List<KafkaCallSink> sinks = join(fleet, broker, 2);
            fleet.serve(500);
            Process victim = FleetProcess.apart(broker.address(), folder.resolve("victim"), began);
            try {
                await().pollInterval(INTERVAL).atMost(Duration.ofSeconds(120)).until(() -> counted(broker) > 0);
                fleet.serve(300);
            } finally {
                victim.destroyForcibly().waitFor();
            }
            assertThat(victim.exitValue()).isEqualTo(128 + 9); // it had no chance to commit or to say goodbye
            fleet.serve(200);

            KafkaStreams heir = start(broker, fleet.topology(INTERVAL).build(), "heir");
            mustEndExactly(fleet, broker, sinks);
            heir.close(Duration.ofSeconds(20));
        }
    }

    private static Instant threeDaysAgo() {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));
    }
}
