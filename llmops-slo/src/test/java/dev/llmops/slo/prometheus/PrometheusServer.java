package dev.llmops.slo.prometheus;

import dev.llmops.slo.internal.Yaml;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A real Prometheus over a folder of blocks, on a free port of the loopback. */
final class PrometheusServer implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private PrometheusServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a server that knows what was recorded elsewhere, as OpenMetrics text. */
    static PrometheusServer over(Path folder, String openMetrics) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        load(folder, data, openMetrics);
        return start(folder, data, "{}");
    }

    /** Adds what was recorded elsewhere to the data of a server that is not running. */
    static void load(Path folder, Path data, String openMetrics) throws IOException {
        Path file = folder.resolve("samples.txt");
        Files.writeString(file, openMetrics);
        Tools.run(
                folder,
                Tools.ofPrometheus("promtool"),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                file.toString(),
                data.toString());
    }

    /** Starts a server and waits until it says that it is ready. */
    static PrometheusServer start(Path folder, Path data, String config) throws IOException {
        int port = freePort();
        Path file = folder.resolve("prometheus.yml");
        Files.writeString(file, config);
        List<String> command = new ArrayList<>(List.of(
                Tools.ofPrometheus("prometheus"),
                "--config.file=" + file,
                "--storage.tsdb.path=" + data,
                "--storage.tsdb.retention.time=100y",
                "--query.max-samples=500000000",
                "--web.listen-address=127.0.0.1:" + port,
                "--enable-feature=native-histograms",
                "--log.level=info"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String line = log.readLine();
        while (line != null && !line.contains("Server is ready to receive web requests")) {
            said.append(line).append('\n');
            line = log.readLine();
        }
        if (line == null) {
            throw new IOException("Prometheus did not start:\n" + said);
        }
        Thread drain = new Thread(() -> drain(log), "prometheus-log");
        drain.setDaemon(true);
        drain.start();
        return new PrometheusServer(process, URI.create("http://127.0.0.1:" + port));
    }

    private static void drain(BufferedReader log) {
        try {
            log.transferTo(Writer.nullWriter());
        } catch (IOException stopped) {
            // The process is gone, and its log with it.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI address() {
        return address;
    }

    /** The values of an instant query. */
    List<Double> query(String expression, Instant at) throws IOException, InterruptedException {
        JsonNode result = get("/api/v1/query?time=" + at.getEpochSecond() + "&query="
                        + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .get("data")
                .get("result");
        return result.values().stream()
                .map(series -> Double.valueOf(series.get("value").get(1).asString()))
                .toList();
    }

    /** The series of a query at every whole minute. */
    Collection<JsonNode> range(String expression, Instant from, Instant to) throws IOException, InterruptedException {
        return get("/api/v1/query_range?step=60&start=" + from.getEpochSecond() + "&end=" + to.getEpochSecond()
                        + "&query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .get("data")
                .get("result")
                .values();
    }

    /** The server's major version. */
    int majorVersion() throws IOException, InterruptedException {
        String version =
                get("/api/v1/status/buildinfo").get("data").get("version").asString();
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.body());
        }
        return Yaml.readJson(response.body());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
