package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrentCallsTest {

    private static final int THREADS = 8;
    private static final int CALLS = 2_000;

    private final PrometheusMeterRegistry micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PrometheusRegistry prometheus = new PrometheusRegistry();
    private final LlmOps llmops = LlmOps.builder()
            .listener(GoldenSignals.on(micrometer))
            .listener(PrometheusSignals.on(prometheus))
            .build();

    /** Ends every call twice from two threads, while a third scrapes. */
    private void runCalls() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            LlmCall call = llmops.call(Operation.CHAT, "openai", "m" + i % 3)
                    .streaming(true)
                    .start();
            running.add(threads.submit(() -> {
                call.chunk(1);
                call.chunk(4);
                call.finish("stop");
            }));
            running.add(threads.submit(call::cancel));
            if (i % 100 == 0) {
                running.add(threads.submit(() -> prometheus.scrape()));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
    }

    private static double sum(Map<String, Double> series, String name) {
        return series.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    @Test
    void every_call_is_counted_once_and_none_stays_active() throws Exception {
        runCalls();
        for (PrometheusRegistry registry : List.of(prometheus, micrometer.getPrometheusRegistry())) {
            Map<String, Double> series = Scrape.of(registry);
            assertThat(sum(series, "llm_requests_total")).isEqualTo(CALLS);
            assertThat(sum(series, "llm_request_latency_seconds_count")).isEqualTo(CALLS);
            assertThat(sum(series, "llm_active_requests")).isZero();
        }
        assertThat(sum(Scrape.of(prometheus), "llm_telemetry_late_endings_total"))
                .isEqualTo(CALLS);
    }
}
