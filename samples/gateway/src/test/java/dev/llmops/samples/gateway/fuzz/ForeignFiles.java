package dev.llmops.samples.gateway.fuzz;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.samples.gateway.security.Credentials;
import dev.llmops.samples.gateway.security.InvalidCredentialsException;
import dev.llmops.samples.gateway.views.SloService;
import dev.llmops.slo.prometheus.PrometheusReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The readers of files, and of what another server answers. */
final class ForeignFiles implements AutoCloseable {

    private static final String SNAPSHOT = "slo.snapshot";

    private final Path folder;
    private final HttpServer server;
    private final PrometheusReader prometheus;
    private volatile byte[] answer = new byte[0];

    ForeignFiles(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        prometheus =
                PrometheusReader.builder(URI.create("http://127.0.0.1:" + port)).build();
    }

    List<ForeignReader> all() throws IOException {
        return List.of(
                new ForeignReader("snapshots of objectives", List.of(snapshot()), this::readSnapshot),
                new ForeignReader("credentials", List.of(bytes(Samples.CREDENTIALS)), this::readCredentials),
                new ForeignReader("answers of Prometheus", List.of(bytes(Samples.QUERY)), this::readAnswer));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] snapshot() throws IOException {
        new SloService(folder, Clock.systemUTC()).close();
        return Files.readAllBytes(folder.resolve(SNAPSHOT));
    }

    private void readSnapshot(byte[] bytes) throws IOException {
        Files.write(folder.resolve(SNAPSHOT), bytes);
        try (SloService objectives = new SloService(folder, Clock.systemUTC())) {
            objectives.json();
        }
    }

    private void readCredentials(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("credentials.yml"), bytes);
        try {
            new Credentials(file);
        } catch (InvalidCredentialsException e) {
            // The gateway does not start, or keeps the credentials that it has.
        }
    }

    private void readAnswer(byte[] bytes) {
        answer = bytes;
        prometheus.read(SloService.objectives(), Instant.EPOCH);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
