package dev.llmops.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.TraceIds;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.PrometheusSignals;
import dev.llmops.metrics.SignalRecorder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusBackendTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private final FakeTicker ticker = new FakeTicker();
    private final PrometheusRegistry registry = new PrometheusRegistry();

    private void stream(SignalRecorder signals, String traceId, long... gapsMillis) {
        LlmOps llmops = LlmOps.builder().ticker(ticker).listener(signals).build();
        LlmCall call =
                llmops.call(Operation.CHAT, "openai", "m").streaming(true).start();
        call.live().trace(traceId, SPAN);
        ticker.advanceMillis(100);
        call.chunk(1);
        for (long gap : gapsMillis) {
            ticker.advanceMillis(gap);
            call.chunk(1);
        }
        call.finish("stop");
    }

    private HistogramDataPointSnapshot histogram(String name) {
        return registry.scrape(name::equals).stream()
                .flatMap(family -> family.getDataPoints().stream())
                .map(HistogramDataPointSnapshot.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void latency_has_the_trace_as_exemplar() {
        stream(PrometheusSignals.on(registry), TRACE, 900);
        Exemplar exemplar =
                histogram("llm_request_latency_seconds").getExemplars().getLatest();
        assertThat(exemplar.getValue()).isEqualTo(1.0);
        assertThat(exemplar.getLabels().get("trace_id")).isEqualTo(TRACE);
        assertThat(exemplar.getLabels().get("span_id")).isEqualTo(SPAN);
    }

    @Test
    void inter_token_latency_has_the_slowest_gap_of_the_latest_call_as_exemplar() {
        stream(PrometheusSignals.on(registry), TRACE, 20, 300, 30);
        Exemplar exemplar =
                histogram("llm_inter_token_latency_seconds").getExemplars().getLatest();
        assertThat(exemplar.getValue()).isBetween(0.3 * 0.984, 0.3 * 1.016);
        assertThat(exemplar.getLabels().get("trace_id")).isEqualTo(TRACE);
    }

    @Test
    void for_a_trace_id_that_is_longer_than_an_exemplar_may_be_stands_its_w3c_id() {
        String traceId = "x".repeat(200);
        stream(PrometheusSignals.on(registry), traceId, 20);
        Exemplar exemplar =
                histogram("llm_request_latency_seconds").getExemplars().getLatest();
        assertThat(exemplar.getLabels().get("trace_id")).isEqualTo(TraceIds.toW3c(traceId));
    }

    @Test
    void exemplars_can_be_switched_off() {
        stream(PrometheusSignals.on(registry, GoldenSignals.builder().exemplars(false)), TRACE, 20);
        assertThat(histogram("llm_request_latency_seconds").getExemplars().size())
                .isZero();
        assertThat(histogram("llm_inter_token_latency_seconds").getExemplars().size())
                .isZero();
    }

    @Test
    void every_histogram_is_classic_and_native() {
        stream(PrometheusSignals.on(registry), TRACE, 20, 20);
        for (String name : new String[] {
            "llm_request_latency_seconds", "llm_inter_token_latency_seconds", "llm_output_tokens_per_second"
        }) {
            assertThat(histogram(name).hasClassicHistogramData()).as(name).isTrue();
            assertThat(histogram(name).hasNativeHistogramData()).as(name).isTrue();
        }
    }

    @Test
    void native_buckets_of_gaps_hold_the_values_that_their_bounds_say() {
        stream(PrometheusSignals.on(registry), TRACE, 20, 20, 20, 450, 0);
        HistogramDataPointSnapshot histogram = histogram("llm_inter_token_latency_seconds");
        assertThat(histogram.getCount()).isEqualTo(5);
        assertThat(histogram.getNativeZeroCount()).isEqualTo(1);
        Map<Double, Long> byValue = new HashMap<>();
        for (NativeHistogramBucket bucket : histogram.getNativeBucketsForPositiveValues()) {
            double upper = Math.pow(2, bucket.getBucketIndex() / 16.0);
            double lower = Math.pow(2, (bucket.getBucketIndex() - 1) / 16.0);
            for (double value : new double[] {0.02, 0.45}) {
                // The fine bucket's midpoint may lie 1.6 % off the value.
                if (value > lower * 0.984 && value <= upper * 1.016) {
                    byValue.merge(value, bucket.getCount(), Long::sum);
                }
            }
        }
        assertThat(byValue).isEqualTo(Map.of(0.02, 3L, 0.45, 1L));
    }
}
