package dev.llmops.metrics.saturation;

import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY;
import static dev.llmops.metrics.instrument.Instrument.GPU_MEMORY_TOTAL;
import static dev.llmops.metrics.instrument.Instrument.GPU_UTILIZATION;
import static dev.llmops.metrics.instrument.Instrument.SERVER_KV_CACHE_UTILIZATION;
import static dev.llmops.metrics.instrument.Instrument.SERVER_QUEUE_SIZE;
import static dev.llmops.metrics.instrument.Instrument.SERVER_RUNNING;
import static dev.llmops.metrics.saturation.SaturationProbe.Reading.gpu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.metrics.instrument.Instrument;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointProbeTest {

    private static final double MIB = 1024.0 * 1024;

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile byte[] body = {};
    private volatile int status = 200;

    @BeforeEach
    void start_a_server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("# HELP".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop_the_server() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private EndpointProbe probe(String path, Duration timeout) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new EndpointProbe("node-1", uri, timeout);
    }

    private SaturationProbe.Poll poll(String text) throws IOException {
        body = text.getBytes(StandardCharsets.UTF_8);
        return probe("/metrics", Duration.ofSeconds(30)).poll();
    }

    private SaturationProbe.Poll pollResource(String name) throws IOException {
        try (InputStream in = EndpointProbeTest.class.getResourceAsStream(name)) {
            return poll(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static SaturationProbe.Reading server(Instrument instrument, String model, double value) {
        return new SaturationProbe.Reading(instrument, List.of("node-1", model), value);
    }

    @Test
    void vllm_adds_up_its_engines_and_shows_the_fullest_cache() throws IOException {
        assertThat(pollResource("vllm.prom").readings())
                .containsExactlyInAnyOrder(
                        server(SERVER_QUEUE_SIZE, "meta-llama/Llama-3.1-8B-Instruct", 7),
                        server(SERVER_RUNNING, "meta-llama/Llama-3.1-8B-Instruct", 33),
                        server(SERVER_KV_CACHE_UTILIZATION, "meta-llama/Llama-3.1-8B-Instruct", 0.73));
    }

    @Test
    void older_vllm_calls_its_cache_gpu_cache() throws IOException {
        assertThat(poll("vllm:gpu_cache_usage_perc{model_name=\"m\"} 0.5\n").readings())
                .containsExactly(server(SERVER_KV_CACHE_UTILIZATION, "m", 0.5));
    }

    @Test
    void sglang_is_read() throws IOException {
        assertThat(pollResource("sglang.prom").readings())
                .containsExactlyInAnyOrder(
                        server(SERVER_QUEUE_SIZE, "Qwen/Qwen3-32B", 2),
                        server(SERVER_RUNNING, "Qwen/Qwen3-32B", 12),
                        server(SERVER_KV_CACHE_UTILIZATION, "Qwen/Qwen3-32B", 0.28));
    }

    @Test
    void tgi_has_no_model_and_no_cache() throws IOException {
        assertThat(pollResource("tgi.prom").readings())
                .containsExactlyInAnyOrder(server(SERVER_QUEUE_SIZE, "", 4), server(SERVER_RUNNING, "", 16));
    }

    @Test
    void tensorrt_llm_in_triton_tells_by_label_what_it_tells() throws IOException {
        assertThat(pollResource("triton.prom").readings())
                .containsExactlyInAnyOrder(
                        server(SERVER_QUEUE_SIZE, "tensorrt_llm", 3),
                        server(SERVER_RUNNING, "tensorrt_llm", 8),
                        server(SERVER_KV_CACHE_UTILIZATION, "tensorrt_llm", 0.41),
                        gpu(GPU_UTILIZATION, "node-1/GPU-aaa", 0.93),
                        gpu(GPU_MEMORY, "node-1/GPU-aaa", 7e10),
                        gpu(GPU_MEMORY_TOTAL, "node-1/GPU-aaa", 8.5e10));
    }

    @Test
    void trtllm_serve_nim_and_llm_d_are_read() throws IOException {
        assertThat(poll("trtllm_num_requests_waiting{model_name=\"m\"} 1\n").readings())
                .containsExactly(server(SERVER_QUEUE_SIZE, "m", 1));
        assertThat(poll("num_requests_running{model_name=\"m\"} 2\nnum_request_max{model_name=\"m\"} 9\n")
                        .readings())
                .containsExactly(server(SERVER_RUNNING, "m", 2));
        assertThat(poll("llm_d_epp_average_kv_cache_utilization{name=\"pool\"} 0.4\n")
                        .readings())
                .containsExactly(server(SERVER_KV_CACHE_UTILIZATION, "", 0.4));
    }

    @Test
    void dcgm_percent_becomes_a_ratio_and_used_free_and_reserved_make_the_total() throws IOException {
        assertThat(pollResource("dcgm.prom").readings())
                .containsExactlyInAnyOrder(
                        gpu(GPU_UTILIZATION, "node-1/0", 0.98),
                        gpu(GPU_MEMORY, "node-1/0", 70_000 * MIB),
                        gpu(GPU_MEMORY_TOTAL, "node-1/0", 81_559 * MIB),
                        gpu(GPU_UTILIZATION, "node-1/1", 0),
                        gpu(GPU_MEMORY, "node-1/1", 4 * MIB),
                        gpu(GPU_MEMORY_TOTAL, "node-1/1", 81_559 * MIB),
                        gpu(GPU_MEMORY, "node-1/2/7", 100 * MIB),
                        gpu(GPU_MEMORY_TOTAL, "node-1/2/7", 9_728 * MIB));
    }

    @Test
    void what_is_not_a_number_is_absent() throws IOException {
        assertThat(poll("tgi_queue_size NaN\ntgi_batch_current_size 1\n").readings())
                .containsExactly(server(SERVER_RUNNING, "", 1));
    }

    @Test
    void only_a_line_feed_ends_a_line() throws IOException {
        assertThat(poll("vllm:num_requests_waiting{model_name=\"a\rb\"} 1\r\ntgi_queue_size 2")
                        .readings())
                .containsExactly(server(SERVER_QUEUE_SIZE, "a\rb", 1));
    }

    @Test
    void a_broken_line_is_a_problem_and_the_others_count() throws IOException {
        SaturationProbe.Poll poll = poll("tgi_queue_size{a=\"b\ntgi_batch_current_size 1\nsome other text}{\n");
        assertThat(poll.readings()).containsExactly(server(SERVER_RUNNING, "", 1));
        assertThat(poll.problems()).singleElement().asString().contains("closing quote", "tgi_queue_size{");
    }

    @Test
    void an_endpoint_that_shows_nothing_known_is_a_problem() throws IOException {
        assertThat(poll("go_goroutines 12\n").problems())
                .singleElement()
                .asString()
                .contains("none of the metrics of a known server");
    }

    @Test
    void an_error_status_is_a_failure() {
        status = 503;
        assertThatThrownBy(() -> poll("tgi_queue_size 1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("answered with status 503");
    }

    @Test
    void a_server_that_stalls_or_is_gone_is_a_failure() {
        EndpointProbe stalled = probe("/stalled", Duration.ofMillis(200));
        assertThatThrownBy(stalled::poll).isInstanceOf(IOException.class);
        end.countDown();
        server.stop(0);
        EndpointProbe gone = probe("/metrics", Duration.ofMillis(200));
        assertThatThrownBy(gone::poll).isInstanceOf(IOException.class);
    }
}
