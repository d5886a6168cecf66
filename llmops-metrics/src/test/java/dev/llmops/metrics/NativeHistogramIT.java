package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus reads from native histograms what went in. */
class NativeHistogramIT {

    private static final String GAPS = "llm_inter_token_latency_seconds";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    /** One hundred gaps of 1 to 100 ms. */
    private void stream() {
        FakeTicker ticker = new FakeTicker();
        LlmOps llmops = LlmOps.builder()
                .ticker(ticker)
                .listener(PrometheusSignals.on(registry))
                .build();
        LlmCall call =
                llmops.call(Operation.CHAT, "openai", "m").streaming(true).start();
        call.chunk(1);
        for (int millis = 1; millis <= 100; millis++) {
            ticker.advanceMillis(millis);
            call.chunk(1);
        }
        call.finish("stop");
    }

    private HttpServer serveMetrics() throws IOException {
        ExpositionFormats formats = ExpositionFormats.init();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            ExpositionFormatWriter writer =
                    formats.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
            exchange.getResponseHeaders().set("Content-Type", writer.getContentType());
            exchange.sendResponseHeaders(200, 0);
            writer.write(exchange.getResponseBody(), registry.scrape());
            exchange.close();
        });
        server.start();
        return server;
    }

    private Process startPrometheus(int port, int target) throws IOException {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                global:
                  scrape_interval: 200ms
                scrape_configs:
                  - job_name: test
                    static_configs:
                      - targets: ['127.0.0.1:%d']
                """.formatted(target));
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=native-histograms")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private double query(int port, String expression) throws InterruptedException {
        String uri = "http://127.0.0.1:" + port + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        try {
            String body = client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                    .body();
            JsonNode result = JsonMapper.shared().readTree(body).path("data").path("result");
            return result.isEmpty()
                    ? Double.NaN
                    : Double.parseDouble(result.path(0).path("value").path(1).asString());
        } catch (IOException starting) {
            return Double.NaN;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void count_sum_and_quantiles_of_gaps_are_those_that_were_streamed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prometheus")), "prometheus is needed");
        stream();
        HttpServer server = serveMetrics();
        int port = freePort();
        Process prometheus = startPrometheus(port, server.getAddress().getPort());
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> query(port, "histogram_count(" + GAPS + ")") == 100);
            assertThat(query(port, "histogram_sum(" + GAPS + ")")).isEqualTo(5.05);
            assertThat(query(port, "histogram_quantile(0.5, " + GAPS + ")")).isCloseTo(0.05, within(0.003));
            assertThat(query(port, "histogram_quantile(0.95, " + GAPS + ")")).isCloseTo(0.095, within(0.005));
            assertThat(query(port, "histogram_count(llm_time_to_first_token_seconds)"))
                    .isEqualTo(1);
        } finally {
            prometheus.destroy();
            prometheus.waitFor();
            server.stop(0);
        }
    }
}
