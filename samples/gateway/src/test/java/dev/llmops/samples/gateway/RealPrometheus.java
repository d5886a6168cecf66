package dev.llmops.samples.gateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus server of its own that scrapes one target twice a second. */
final class RealPrometheus implements AutoCloseable {

    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private RealPrometheus(Path directory, URI target, List<String> flags) throws IOException {
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(config, """
                global:
                  scrape_interval: 500ms
                scrape_configs:
                  - job_name: gateway
                    static_configs:
                      - targets: ['%s']
                """.formatted(target.getAuthority()));
        int port = freePort();
        address = URI.create("http://127.0.0.1:" + port);
        List<String> command = new ArrayList<>(List.of(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port));
        command.addAll(flags);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        await().until(this::isScraping);
    }

    /** Scrapes text, and so the classic buckets. */
    static RealPrometheus ofClassicHistograms(Path directory, URI target) throws IOException {
        return new RealPrometheus(directory, target, List.of());
    }

    /** Scrapes protobuf, and so the native buckets. */
    static RealPrometheus ofNativeHistograms(Path directory, URI target) throws IOException {
        return new RealPrometheus(directory, target, List.of("--enable-feature=native-histograms"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean isScraping() throws InterruptedException {
        try {
            return query("up") == 1;
        } catch (IOException starting) {
            return false;
        }
    }

    /** The value of an expression that gives one number; NaN where it gives nothing. */
    double query(String expression) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(address.resolve("/api/v1/query?query=" + encoded))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Prometheus answered " + response.statusCode() + " to " + expression);
        }
        JsonNode result =
                JsonMapper.shared().readTree(response.body()).path("data").path("result");
        return result.size() == 1
                ? Double.parseDouble(result.path(0).path("value").path(1).asString())
                : Double.NaN;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
