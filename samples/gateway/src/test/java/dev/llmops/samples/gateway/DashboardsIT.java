package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.PrometheusSignals;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.saturation.PrometheusSaturation;
import dev.llmops.metrics.saturation.SaturationMonitor;
import dev.llmops.report.dashboard.Dashboards;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every query of the dashboards, against a Prometheus that scrapes the gateway under traffic. What the gateway alone does not
 * have is beside it: OpenTelemetry's names of the same calls, and the saturation of an inference server.
 */
class DashboardsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String VLLM = """
            vllm:num_requests_running{model_name="m"} 3
            vllm:num_requests_waiting{model_name="m"} 2
            vllm:kv_cache_usage_perc{model_name="m"} 0.4
            DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-1"} 80
            DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-1"} 30000
            DCGM_FI_DEV_FB_FREE{gpu="0",UUID="GPU-1"} 50000
            """;
    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":20000}";

    @TempDir
    static Path directory;

    private static HttpServer inference;
    private static HttpServer others;
    private static SaturationMonitor saturation;
    private static RunningGateway gateway;
    private static RealPrometheus prometheus;

    @BeforeAll
    static void start() throws IOException {
        inference = serve(() -> VLLM);
        PrometheusRegistry registry = new PrometheusRegistry();
        saturation = PrometheusSaturation.on(registry)
                .endpoint("vllm-0", address(inference))
                .interval(Duration.ofSeconds(1))
                .start();
        others = serve(() -> text(registry));
        GatewayOptions options = new GatewayOptions();
        options.traffic = 20;
        options.faultRatio = 0.2;
        options.observer =
                PrometheusSignals.on(registry, GoldenSignals.builder().profiles(Profile.GEN_AI, Profile.GEN_AI_NEXT));
        gateway = new RunningGateway(options);
        prometheus = RealPrometheus.ofClassicHistograms(directory, gateway.address(), address(others));
    }

    @AfterAll
    static void stop() {
        prometheus.close();
        gateway.close();
        saturation.close();
        others.stop(0);
        inference.stop(0);
    }

    private static HttpServer serve(Supplier<String> metrics) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] page = metrics.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    }

    private static String text(PrometheusRegistry registry) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(page, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString(StandardCharsets.UTF_8);
    }

    /** What Grafana puts in the place of its variables. */
    private static String asked(String query) {
        return query.replace("$__rate_interval", "30s").replace("$model", ".*");
    }

    private static Set<String> withoutData(RealPrometheus prometheus, Set<String> queries)
            throws IOException, InterruptedException {
        Set<String> left = new LinkedHashSet<>();
        for (String query : queries) {
            if (prometheus.numbers(asked(query)) == 0) {
                left.add(query);
            }
        }
        return left;
    }

    @ParameterizedTest
    @EnumSource
    void every_query_returns_data(Profile profile) {
        Dashboards dashboards = Dashboards.of(profile, "USD");
        Set<String> queries = new LinkedHashSet<>();
        dashboards.queries().values().forEach(queries::addAll);
        queries.addAll(dashboards.recordingRules().values());
        queries.addAll(dashboards.autoscalingQueries().values());
        assertThat(queries).hasSizeGreaterThan(8);
        Set<String> left =
                await().atMost(PATIENCE).until(() -> withoutData(prometheus, leaking(queries)), Set::isEmpty);
        assertThat(left).isEmpty();
    }

    /** One of ten answers of such a version leaks, so that there are risks to count. */
    private static Set<String> leaking(Set<String> queries) {
        for (int i = 0; i < 10; i++) {
            gateway.post(
                    "/chat",
                    CHAT,
                    "baggage",
                    "llmops.version_set.prompt=support-leaky",
                    "x-mock",
                    "tokens=3; gap_ms=0");
        }
        return queries;
    }

    @Test
    void every_quantile_returns_data_where_native_histograms_are_all_there_is(@TempDir Path own) throws Exception {
        Set<String> quantiles = Dashboards.of(Profile.LLM, "USD").queries().values().stream()
                .flatMap(List::stream)
                .filter(query -> query.startsWith("histogram_quantile"))
                .collect(Collectors.toSet());
        assertThat(quantiles).hasSize(10);
        try (RealPrometheus natives = RealPrometheus.ofNativeHistograms(own, gateway.address())) {
            await().atMost(PATIENCE).until(() -> withoutData(natives, quantiles), Set::isEmpty);
            assertThat(natives.numbers("llm_request_latency_seconds_bucket")).isZero();
        }
    }

    @Test
    void a_scaler_sees_what_waits() throws Exception {
        String waiting = Dashboards.of(Profile.LLM, "USD").autoscalingQueries().get("llm_waiting");
        await().until(() -> prometheus.query(waiting) == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording.rules.yml", "gen-ai.rules.yml", "gen-ai-next.rules.yml"})
    void prometheus_takes_the_recording_rules(String file) throws Exception {
        Path log = directory.resolve(file + ".log");
        int status = new ProcessBuilder(List.of("promtool", "check", "rules", "../../dashboards/" + file))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(status).isZero();
    }
}
