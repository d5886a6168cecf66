package dev.llmops.cost.testing;

import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Three real nodes of a Redis Cluster on free loopback ports, without replicas. */
public final class RedisCluster implements AutoCloseable {

    private static final int NODES = 3;
    private static final int HIGHEST_PORT = 55_000;

    private final Path folder;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Process> nodes = new ArrayList<>();

    private RedisCluster(Path folder) {
        this.folder = folder;
    }

    public static RedisCluster start() throws IOException, InterruptedException {
        RedisCluster cluster = new RedisCluster(Files.createTempDirectory("redis-cluster"));
        while (cluster.ports.size() < NODES) {
            int port = LoopbackPort.free();
            // A node's bus listens 10,000 ports higher.
            if (port < HIGHEST_PORT && !cluster.ports.contains(port)) {
                cluster.ports.add(port);
                cluster.nodes.add(cluster.node(port));
            }
        }
        for (int port : cluster.ports) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> cli(port, "PING").contains("PONG"));
        }
        List<String> create = new ArrayList<>(List.of("--cluster", "create"));
        cluster.ports.forEach(port -> create.add("127.0.0.1:" + port));
        create.addAll(List.of("--cluster-replicas", "0", "--cluster-yes"));
        cli(cluster.ports.get(0), create.toArray(String[]::new));
        for (int port : cluster.ports) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> cli(port, "CLUSTER", "INFO").contains("cluster_state:ok"));
        }
        return cluster;
    }

    private Process node(int port) throws IOException {
        try {
            return new ProcessBuilder(
                            "redis-server",
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--cluster-enabled",
                            "yes",
                            "--cluster-require-full-coverage",
                            "no",
                            "--cluster-config-file",
                            folder.resolve("nodes-" + port + ".conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("these tests need the Debian package redis-server", e);
        }
    }

    public List<URI> uris() {
        return ports.stream()
                .map(port -> URI.create("redis://127.0.0.1:" + port))
                .toList();
    }

    /** The number of keys on each node. */
    public List<Long> keys() throws IOException, InterruptedException {
        List<Long> keys = new ArrayList<>();
        for (int port : ports) {
            keys.add(Long.parseLong(cli(port, "DBSIZE").replaceAll("\\D", "")));
        }
        return keys;
    }

    /** The time that each node has had on a processor. */
    public List<Duration> processorTimes() {
        return nodes.stream()
                .map(node -> node.info().totalCpuDuration().orElseThrow())
                .toList();
    }

    /** The number of the node that has the slot of a hash tag. */
    public int nodeOf(String tag) {
        int slot = SlotHash.getSlot("{" + tag + "}");
        // redis-cli divides the slots evenly, in the order of the nodes.
        return Math.min(NODES - 1, (int) Math.floor(slot / ((double) SlotHash.SLOT_COUNT / NODES)));
    }

    public void kill(int node) throws InterruptedException {
        nodes.get(node).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    private static String cli(int port, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said;
    }

    @Override
    public void close() throws InterruptedException, IOException {
        for (int i = 0; i < nodes.size(); i++) {
            kill(i);
        }
        for (int port : ports) {
            Files.deleteIfExists(folder.resolve("nodes-" + port + ".conf"));
        }
        Files.deleteIfExists(folder);
    }
}
