package dev.llmops.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.kafka.KafkaCallSink;
import dev.llmops.kafka.testing.KafkaBroker;
import dev.llmops.kafka.testing.TopicReader;
import dev.llmops.quality.drift.DriftPolicy;
import dev.llmops.quality.drift.ReferenceProfile;
import dev.llmops.release.GateSituation;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.slo.Objective;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/kafka.md. */
@Timeout(90)
class FleetGuideIT {

    @TempDir
    private Path folder;

    private KafkaStreams example(Fleet fleet, String brokers) {
        String stateFolder = folder.toString();
        List<Objective> objectives = Fleet.OBJECTIVES;
        GatePolicy policy = Fleet.POLICY;
        GateProfile profile = Fleet.PROFILE;
        VersionSwitch release = fleet.release;
        ReferenceProfile reference = fleet.reference;
        Topology topology = FleetTopology.builder("llm.calls", "llm.fleet")
                .objectives(objectives)
                .release(
                        "r1",
                        policy,
                        profile,
                        now -> GateSituation.of(release.state().orElseThrow(), now))
                .drift(reference, DriftPolicy.standard(), Duration.ofHours(1))
                .costBy(AccountDimension.TENANT, AccountDimension.FEATURE)
                .publishEvery(Duration.ofSeconds(1))
                .build();
        Properties properties = new Properties();
        properties.put("application.id", "llmops-fleet");
        properties.put("bootstrap.servers", brokers);
        properties.put("processing.guarantee", "exactly_once_v2");
        properties.put("state.dir", stateFolder); // on a disk that outlives the process
        KafkaStreams streams = new KafkaStreams(topology, properties);
        streams.start();
        return streams;
    }

    @Test
    void the_example_publishes_every_figure() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start();
                Fleet fleet =
                        new Fleet(Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3)))) {
            broker.createTopic("llm.calls", 2);
            broker.createTopic("llm.fleet", 1);
            fleet.join(KafkaCallSink.builder(broker.address(), "llm.calls").build());
            fleet.serve(20);
            fleet.endDay();
            fleet.closeLogs();
            try (KafkaStreams streams = example(fleet, broker.address())) {
                await().pollInterval(Duration.ofSeconds(1))
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> {
                            Set<String> kinds = TopicReader.readAll(broker, "llm.fleet").stream()
                                    .map(figure -> figure.key().replaceAll("(cost|latency)/.*", "$1"))
                                    .collect(Collectors.toSet());
                            assertThat(kinds).containsExactlyInAnyOrder("slo", "gate/r1", "drift", "cost", "latency");
                        });
            }
        }
    }
}
