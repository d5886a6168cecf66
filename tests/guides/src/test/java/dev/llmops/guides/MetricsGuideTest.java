package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.Operation;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.PrometheusSignals;
import dev.llmops.metrics.SignalRecorder;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.saturation.Saturation;
import dev.llmops.metrics.saturation.SaturationMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsGuideTest {

    private final MeterRegistry meterRegistry = new SimpleMeterRegistry();
    private final PrometheusRegistry prometheusRegistry = new PrometheusRegistry();

    @Test
    void golden_signals() {
        LlmOps llmops = LlmOps.builder()
                .listener(GoldenSignals.on(meterRegistry)) // any Micrometer registry
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        assertThat(meterRegistry
                        .get("llm.requests")
                        .tag("status", "success")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void choosing_names_thresholds_and_labels() {
        LlmOps llmops = LlmOps.builder().build();
        GoldenSignals.Builder settings = GoldenSignals.builder()
                .profiles(Profile.LLM, Profile.GEN_AI)
                .threshold(Instrument.TIME_TO_FIRST_TOKEN, Duration.ofMillis(450))
                .labelLimit("model", 50)
                .costByTenant();
        SignalRecorder signals = PrometheusSignals.on(prometheusRegistry, settings); // or settings.on(meterRegistry)

        signals.expectCalls(Operation.CHAT, "openai", "gpt-4o", llmops.versionSet()); // counters at 0 from the start
        signals.coldStart("vllm", "llama-3.1-8b", Duration.ofSeconds(42));
        signals.batchSize("vllm", "llama-3.1-8b", 12);
        signals.cacheRequest(Operation.CHAT, "openai", "gpt-4o", CacheResult.HIT);
        assertThat(prometheusRegistry.scrape().stream().map(MetricSnapshot::getMetadata))
                .extracting(metadata -> metadata.getName())
                .contains("llm_requests", "llm_cold_start_seconds", "llm_batch_size", "llm_cache_requests");
    }

    @Test
    void saturation_without_a_device_or_a_server_shows_nothing() {
        LlmOps llmops = LlmOps.builder().build();
        SaturationMonitor monitor = Saturation.on(meterRegistry)
                .nvidiaDevices()
                .endpoint("vllm-0", URI.create("http://10.0.0.7:8000/metrics"))
                .endpoint("dcgm-0", URI.create("http://10.0.0.7:9400/metrics"))
                .interval(Duration.ofSeconds(10))
                .telemetry(llmops.telemetry()) // where failed polls are counted
                .start();
        try (monitor) {
            assertThat(monitor.readings()).isEmpty();
        }
    }
}
