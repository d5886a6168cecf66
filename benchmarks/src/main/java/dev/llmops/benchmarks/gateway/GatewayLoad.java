package dev.llmops.benchmarks.gateway;

import dev.llmops.benchmarks.results.FigureFile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Measures the gateway beside a bare relay, in front of the same provider: at full load, and at half of the gateway's full load.
 * Blocks of the two alternate, and each is compared with its neighbour, so that a drift of the machine cancels.
 */
public final class GatewayLoad {

    private static final int CLIENTS = 64 * Runtime.getRuntime().availableProcessors();

    /** Until the compiler, which shares two cores with the load, has done with the gateway; the relay is a third of it. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private record Pair(Block bare, Block gateway) {}

    private final FigureFile figures = new FigureFile();
    private final LoadGenerator load;
    private final ServerProcess bare;
    private final ServerProcess gateway;

    private GatewayLoad(LoadGenerator load, ServerProcess bare, ServerProcess gateway) {
        this.load = load;
        this.bare = bare;
        this.gateway = gateway;
    }

    /**
     * Measures, and writes the figures as JMH does.
     *
     * @param args the file to write, the gateway's jar, the seconds of a block, and the number of pairs of blocks
     * @throws IOException when a server does not start, or the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Duration block = Duration.ofSeconds(Long.parseLong(args[2]));
        int pairs = Integer.parseInt(args[3]);
        Vertx vertx = Vertx.vertx();
        int port = TokenServer.start(vertx)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        String provider = "http://127.0.0.1:" + port;
        String classPath = args[1] + System.getProperty("path.separator") + System.getProperty("java.class.path");
        try (ServerProcess bare = ServerProcess.start("-cp", classPath, BareRelay.class.getName(), provider);
                ServerProcess gateway = ServerProcess.start(
                        "-jar", args[1], "--port", "0", "--provider", "openai", "--base-url", provider)) {
            GatewayLoad run = new GatewayLoad(new LoadGenerator(vertx), bare, gateway);
            run.measure(block, pairs);
            run.figures.write(Path.of(args[0]));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void measure(Duration block, int pairs) {
        Function<ServerProcess, Block> full = server -> load.atOnce(server, CLIENTS, block);
        load.atOnce(bare, CLIENTS, WARM_UP.dividedBy(3));
        load.atOnce(gateway, CLIENTS, WARM_UP);
        List<Pair> atFull = alternate(full, pairs);
        double half = atFull.stream()
                        .mapToDouble(pair -> pair.gateway.requests())
                        .average()
                        .orElseThrow()
                / 2;
        List<Pair> atHalf = alternate(server -> load.steady(server, half, block), pairs);
        add("full", atFull);
        add("half", atHalf);
        figures.add(
                "GatewayLoad.share:full:requests",
                atFull.stream()
                        .mapToDouble(pair -> pair.gateway.requests() / pair.bare.requests())
                        .toArray());
    }

    private List<Pair> alternate(Function<ServerProcess, Block> measured, int pairs) {
        List<Pair> blocks = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            blocks.add(new Pair(measured.apply(bare), measured.apply(gateway)));
        }
        return blocks;
    }

    private void add(String name, List<Pair> blocks) {
        add(name + ":requests", blocks, Block::requests);
        add(name + ":cpu", blocks, Block::cpu);
        add(name + ":firstByteP50", blocks, Block::firstByteP50);
        add(name + ":firstByteP99", blocks, Block::firstByteP99);
        add(name + ":wholeP50", blocks, Block::wholeP50);
        add(name + ":wholeP99", blocks, Block::wholeP99);
    }

    private void add(String name, List<Pair> blocks, ToDoubleFunction<Block> figure) {
        add("bare:" + name, blocks.stream().mapToDouble(pair -> figure.applyAsDouble(pair.bare)));
        add("gateway:" + name, blocks.stream().mapToDouble(pair -> figure.applyAsDouble(pair.gateway)));
        add(
                "added:" + name,
                blocks.stream()
                        .mapToDouble(pair -> figure.applyAsDouble(pair.gateway) - figure.applyAsDouble(pair.bare)));
    }

    private void add(String name, DoubleStream values) {
        figures.add("GatewayLoad." + name, values.toArray());
    }
}
