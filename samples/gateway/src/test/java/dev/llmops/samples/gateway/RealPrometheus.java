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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus server of its own: it scrapes its targets twice a second, or knows what was recorded elsewhere. */
final class RealPrometheus implements AutoCloseable {

    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private RealPrometheus(Path directory, String configuration, List<String> flags) throws IOException {
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(config, configuration);
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
    }

    private static RealPrometheus scraping(Path directory, List<URI> targets, List<String> flags) throws IOException {
        RealPrometheus prometheus = new RealPrometheus(
                directory,
                """
                global:
                  scrape_interval: 500ms
                scrape_configs:
                  - job_name: gateway
                    static_configs:
                      - targets: [%s]
                """.formatted(targets.stream()
                        .map(target -> "'" + target.getAuthority() + "'")
                        .collect(Collectors.joining(", "))),
                flags);
        await().until(() -> prometheus.answers("sum(up)") == targets.size());
        return prometheus;
    }

    /** Scrapes text, and so the classic buckets. */
    static RealPrometheus ofClassicHistograms(Path directory, URI... targets) throws IOException {
        return scraping(directory, List.of(targets), List.of());
    }

    /** Scrapes protobuf, and so the native buckets. */
    static RealPrometheus ofNativeHistograms(Path directory, URI target) throws IOException {
        return scraping(directory, List.of(target), List.of("--enable-feature=native-histograms"));
    }

    /**
     * Knows what was recorded elsewhere, and evaluates rules on it from now on. What the rules would have recorded by
     * then is filled in, as it is for rules that are new to a server.
     */
    static RealPrometheus over(Path directory, String openMetrics, Instant from, Instant to, String rules)
            throws IOException, InterruptedException {
        Path samples = directory.resolve("samples.txt");
        Files.writeString(samples, openMetrics);
        Path ruleFile = directory.resolve("rules.yml");
        Files.writeString(ruleFile, rules);
        String data = directory.resolve("data").toString();
        promtool(directory, "tsdb", "create-blocks-from", "openmetrics", samples.toString(), data);
        try (RealPrometheus past = new RealPrometheus(directory, "{}", List.of())) {
            await().until(() -> past.answers("vector(1)") == 1);
            promtool(
                    directory,
                    "tsdb",
                    "create-blocks-from",
                    "rules",
                    "--url=" + past.address,
                    "--start=" + from.getEpochSecond(),
                    "--end=" + to.getEpochSecond(),
                    "--eval-interval=1m",
                    "--output-dir=" + data,
                    ruleFile.toString());
        }
        RealPrometheus prometheus =
                new RealPrometheus(directory, "{rule_files: [" + ruleFile.getFileName() + "]}", List.of());
        await().until(() -> prometheus.answers("vector(1)") == 1);
        return prometheus;
    }

    private static void promtool(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("promtool.log");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException(command + ":\n" + Files.readString(output));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI address() {
        return address;
    }

    /** The value of an expression; NaN also while the server is not there yet. */
    private double answers(String expression) throws InterruptedException {
        try {
            return query(expression);
        } catch (IOException starting) {
            return Double.NaN;
        }
    }

    /** The severities of an objective's alerts that fire now. */
    Set<String> firing(String slo) throws IOException, InterruptedException {
        return get("/api/v1/alerts").path("data").path("alerts").values().stream()
                .filter(alert -> alert.path("state").asString().equals("firing")
                        && alert.path("labels").path("slo").asString("").equals(slo))
                .map(alert -> alert.path("labels").path("severity").asString())
                .collect(Collectors.toSet());
    }

    /** How many series of an expression have a number. */
    long numbers(String expression) throws IOException, InterruptedException {
        return result(expression).values().stream()
                .map(series -> series.path("value").path(1).asString())
                .filter(value -> Double.isFinite(Double.parseDouble(value.replace("Inf", "Infinity"))))
                .count();
    }

    private JsonNode result(String expression) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return get("/api/v1/query?query=" + encoded).path("data").path("result");
    }

    /** The value of an expression that gives one number; NaN where it gives nothing. */
    double query(String expression) throws IOException, InterruptedException {
        return number(result(expression));
    }

    /** The value of an expression at an instant. */
    double query(String expression, Instant at) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        return number(get("/api/v1/query?query=" + encoded + "&time=" + at)
                .path("data")
                .path("result"));
    }

    private static double number(JsonNode result) {
        return result.size() == 1
                ? Double.parseDouble(result.path(0).path("value").path(1).asString())
                : Double.NaN;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Prometheus answered " + response.statusCode() + " to " + path);
        }
        return JsonMapper.shared().readTree(response.body());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
