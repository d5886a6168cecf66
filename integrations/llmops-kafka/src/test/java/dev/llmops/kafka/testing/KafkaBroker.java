package dev.llmops.kafka.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real broker with its controller, in this process, on free loopback ports and in a temporary folder. */
public final class KafkaBroker implements AutoCloseable {

    private final Path folder;
    private final Properties config;
    private final String address;
    private KafkaRaftServer server;

    private KafkaBroker(Path folder, int port, int controllerPort) {
        this.folder = folder;
        this.address = "127.0.0.1:" + port;
        this.config = new Properties();
        config.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("listeners", "PLAINTEXT://" + address + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT"),
                Map.entry("log.dirs", folder.resolve("data").toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("controlled.shutdown.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "3"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "3"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.min.session.timeout.ms", "1000"),
                Map.entry("group.initial.rebalance.delay.ms", "0")));
    }

    /** Starts a broker without topics. */
    public static KafkaBroker start() throws IOException {
        KafkaBroker broker = stopped();
        broker.resume();
        return broker;
    }

    /** Makes a broker that is not up yet, at an address of its own. */
    public static KafkaBroker stopped() throws IOException {
        KafkaBroker broker = new KafkaBroker(Files.createTempDirectory("kafka"), freePort(), freePort());
        broker.format();
        return broker;
    }

    private void format() throws IOException {
        Path file = folder.resolve("server.properties");
        StringWriter text = new StringWriter();
        config.store(text, null);
        Files.writeString(file, text.toString());
        String id = Uuid.randomUuid().toString();
        String[] arguments = {"format", "--config", file.toString(), "--cluster-id", id};
        int status = StorageTool.execute(arguments, new PrintStream(OutputStream.nullOutputStream()));
        if (status != 0) {
            throw new IOException("formatting " + folder + " ended with " + status);
        }
    }

    /** The address for clients. */
    public String address() {
        return address;
    }

    /** Starts a broker that is down, with the data it had. */
    public void resume() {
        server = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
        server.startup();
    }

    /** Takes the broker down and keeps its data. */
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    public void createTopic(String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
