package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a real Prometheus makes of the metrics is what was sent. */
class PrometheusIT {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":20000}";
    private static final int FAST = 30;
    private static final int SLOW = 10;
    private static final int OUT_OF_MEMORY = 12;
    private static final int RATE_LIMITED = 8;
    private static final int BEFORE = 5;
    private static final int ALL = FAST + SLOW + OUT_OF_MEMORY + RATE_LIMITED;
    private static final int TOKENS = 20;
    private static final int SCRAPES_IN_WINDOW = 20;
    private static final int WINDOW_SECONDS = 10;

    private static final List<Double> TTFT_SECONDS = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    static Path classicDirectory;

    @TempDir
    static Path nativeDirectory;

    private static ExecutorService clients;
    private static RunningGateway gateway;
    private static RealPrometheus classic;
    private static RealPrometheus nativ;
    /** When all of the traffic had been scraped, and a window up to then that has all of it. */
    private static Instant end;

    private static String window;

    @BeforeAll
    static void sendKnownTraffic() throws Exception {
        clients = Executors.newFixedThreadPool(8);
        gateway = RunningGateway.inFrontOfMock();
        classic = RealPrometheus.ofClassicHistograms(classicDirectory, gateway.address());
        nativ = RealPrometheus.ofNativeHistograms(nativeDirectory, gateway.address());

        // A rate is a difference over a whole window: each series has to be there, and high enough for Prometheus'
        // extrapolation, when the window of the traffic begins.
        sendAll(BEFORE, BEFORE, BEFORE, BEFORE);
        for (RealPrometheus prometheus : List.of(classic, nativ)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> prometheus.query("min(count_over_time(llm_requests_total[1m]))") > SCRAPES_IN_WINDOW);
        }
        TTFT_SECONDS.clear();
        Instant begin = Instant.now();
        sendAll(FAST, SLOW, OUT_OF_MEMORY, RATE_LIMITED);
        for (RealPrometheus prometheus : List.of(classic, nativ)) {
            await().until(() -> prometheus.query("sum(llm_requests_total)") == ALL + 4 * BEFORE);
            // Counted when the answer has been written, and so perhaps one scrape later.
            await().until(() -> prometheus.query("sum(gateway_requests_total{path=\"/chat\"})") == ALL + 4 * BEFORE
                    && prometheus.query("sum(llm_active_requests)") == 0);
        }
        end = Instant.now();
        long seconds = Duration.between(begin, end).toSeconds() + 2;
        window = "[" + Math.max(WINDOW_SECONDS, seconds) + "s]";
    }

    private static void sendAll(int fast, int slow, int outOfMemory, int rateLimited) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        send(sent, fast, "ttft_ms=60");
        send(sent, slow, "ttft_ms=400");
        send(sent, outOfMemory, "fault=out_of_memory");
        send(sent, rateLimited, "fault=rate_limited");
        sent.forEach(CompletableFuture::join);
    }

    private static void send(List<CompletableFuture<?>> sent, int requests, String script) {
        for (int i = 0; i < requests; i++) {
            sent.add(CompletableFuture.supplyAsync(
                            () -> gateway.chat("gap_ms=1; tokens=" + TOKENS + "; " + script, CHAT), clients)
                    .thenAccept(PrometheusIT::noteTimeToFirstToken));
        }
    }

    private static void noteTimeToFirstToken(HttpResponse<String> response) {
        if (response.statusCode() == 200) {
            TTFT_SECONDS.add(
                    json(response).path("latency_ms").path("first_token").asDouble() / 1000);
        }
    }

    @AfterAll
    static void stop() {
        clients.shutdown();
        classic.close();
        nativ.close();
        gateway.close();
    }

    @Test
    void the_objectives_of_another_instance_are_those_of_the_fleet() {
        GatewayOptions options = new GatewayOptions();
        options.prometheus = classic.address();
        try (RunningGateway idle = new RunningGateway(options)) {
            JsonNode fleet = await().until(() -> json(idle.get("/slo")), slo -> events(slo) > 0);
            assertThat(events(fleet.path("instance"))).isZero();
        }
    }

    private static long events(JsonNode slo) {
        return slo.path("objectives").get(0).path("events").asLong();
    }

    @Test
    void counters_are_exact() throws Exception {
        assertThat(classic.query("sum(llm_requests_total{status=\"success\"})")).isEqualTo(FAST + SLOW + 2 * BEFORE);
        assertThat(classic.query("sum(llm_errors_total{kind=\"out_of_memory\"})"))
                .isEqualTo(OUT_OF_MEMORY + BEFORE);
        assertThat(classic.query("sum(llm_errors_total{kind=\"rate_limited\"})"))
                .isEqualTo(RATE_LIMITED + BEFORE);
        assertThat(classic.query("sum(llm_tokens_total{type=\"output\"})"))
                .isEqualTo((FAST + SLOW + 2 * BEFORE) * TOKENS);
        assertThat(classic.query("sum(llm_active_requests)")).isZero();
        assertThat(classic.query("sum(gateway_requests_total{path=\"/chat\"})")).isEqualTo(ALL + 4 * BEFORE);
    }

    @Test
    void rates_match_the_traffic() throws Exception {
        assertThat(classic.query("sum(increase(llm_requests_total" + window + "))", end))
                .isCloseTo(ALL, withPercentage(7));
        assertThat(nativ.query("histogram_count(sum(increase(llm_request_latency_seconds" + window + ")))", end))
                .isCloseTo(ALL, withPercentage(7));
    }

    @Test
    void the_error_ratio_matches_the_traffic() throws Exception {
        double ratio = classic.query(
                "sum(rate(llm_errors_total" + window + ")) / sum(rate(llm_requests_total" + window + "))", end);
        assertThat(ratio).isCloseTo((double) (OUT_OF_MEMORY + RATE_LIMITED) / ALL, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9})
    void a_quantile_of_the_classic_histogram_lies_in_the_bucket_of_the_true_one(double quantile) throws Exception {
        double truth = trueQuantile(quantile);
        double estimate = classic.query(
                "histogram_quantile(" + quantile + ", sum by (le) (rate(llm_time_to_first_token_seconds_bucket" + window
                        + ")))",
                end);
        assertThat(estimate).isBetween(edgeBelow(truth), edgeAbove(truth));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9})
    void a_quantile_of_the_native_histogram_is_the_true_one(double quantile) throws Exception {
        double estimate = nativ.query(
                "histogram_quantile(" + quantile + ", sum(rate(llm_time_to_first_token_seconds" + window + ")))", end);
        assertThat(estimate).isCloseTo(trueQuantile(quantile), withPercentage(6));
    }

    private static double trueQuantile(double quantile) {
        List<Double> sorted = TTFT_SECONDS.stream().sorted().toList();
        return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
    }

    private static double edgeBelow(double value) {
        return edges().stream()
                .filter(edge -> edge < value)
                .max(Double::compare)
                .orElse(0.0);
    }

    private static double edgeAbove(double value) {
        return edges().stream()
                .filter(edge -> edge >= value)
                .min(Double::compare)
                .orElseThrow();
    }

    private static List<Double> edges() {
        return gateway.scrape().series().stream()
                .filter(series -> series.name().equals("llm_time_to_first_token_seconds_bucket"))
                .map(series -> Double.parseDouble(series.labels().get("le").replace("+Inf", "Infinity")))
                .distinct()
                .toList();
    }

    @Test
    void promtool_finds_nothing_to_complain_about() throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var in = promtool.getOutputStream()) {
            in.write(gateway.get("/metrics").body().getBytes(StandardCharsets.UTF_8));
        }
        String complaints = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(complaints).isEmpty();
        assertThat(promtool.waitFor()).isZero();
    }
}
