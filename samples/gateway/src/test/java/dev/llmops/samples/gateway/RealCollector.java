package dev.llmops.samples.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** An OpenTelemetry Collector that takes spans over OTLP/HTTP and prints what it reads in them. */
final class RealCollector implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final int port;

    RealCollector(String program, Path directory) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = directory.resolve("collector.yaml");
        Files.writeString(config, """
                receivers: {otlp: {protocols: {http: {endpoint: '127.0.0.1:%d'}}}}
                exporters: {debug: {verbosity: detailed, use_internal_logger: false}}
                service:
                  telemetry: {metrics: {level: none}}
                  pipelines: {traces: {receivers: [otlp], exporters: [debug]}}
                """.formatted(port));
        log = directory.resolve("collector.log");
        process = new ProcessBuilder(program, "--config=" + config)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await().until(this::listens);
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the collector ended:\n" + printed());
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException starting) {
            return false;
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    String printed() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
