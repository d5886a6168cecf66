package dev.llmops.kafka.streams;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** The topology, in this process or in one that a test may kill. */
final class FleetProcess {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    private FleetProcess() {}

    static KafkaStreams start(String broker, Topology topology, Path state) {
        Properties properties = new Properties();
        properties.put("application.id", "fleet");
        properties.put("bootstrap.servers", broker);
        properties.put("processing.guarantee", "exactly_once_v2");
        properties.put("state.dir", state.toString());
        properties.put("replication.factor", 1);
        properties.put("commit.interval.ms", 100);
        properties.put("session.timeout.ms", 6_000);
        properties.put("heartbeat.interval.ms", 300);
        properties.put("auto.offset.reset", "earliest");
        KafkaStreams streams = new KafkaStreams(topology, properties);
        streams.start();
        return streams;
    }

    /** Starts a process of its own with the topology of a fleet that began at an instant. */
    static Process apart(String broker, Path state, Instant began) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FleetProcess.class.getName(),
                        broker,
                        state.toString(),
                        began.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (Fleet fleet = new Fleet(Instant.parse(arguments[2]))) {
            Topology topology = fleet.topology(INTERVAL).build();
            KafkaStreams streams = start(arguments[0], topology, Path.of(arguments[1]));
            Thread.currentThread().join();
            streams.close();
        }
    }
}
