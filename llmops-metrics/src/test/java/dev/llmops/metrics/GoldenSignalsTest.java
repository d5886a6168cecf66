package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import dev.llmops.metrics.instrument.Instrument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenSignalsTest {

    private final FakeTicker ticker = new FakeTicker();
    private final PrometheusRegistry registry = new PrometheusRegistry();

    private LlmOps llmops(SignalRecorder signals) {
        return LlmOps.builder().ticker(ticker).listener(signals).build();
    }

    private void call(LlmOps llmops, String model, long millis) {
        var call = llmops.call(Operation.CHAT, "openai", model).start();
        ticker.advanceMillis(millis);
        call.finish();
    }

    private Map<String, Double> series(String prefix) {
        Map<String, Double> series = Scrape.of(registry);
        series.keySet().removeIf(key -> !key.startsWith(prefix));
        return series;
    }

    @Test
    void a_threshold_becomes_an_edge_and_a_value_on_it_lies_under_it() {
        LlmOps llmops = llmops(PrometheusSignals.on(
                registry, GoldenSignals.builder().threshold(Instrument.REQUEST_LATENCY, Duration.ofMillis(450))));
        call(llmops, "m", 450);
        call(llmops, "m", 451);
        assertThat(series("llm_request_latency_seconds_bucket"))
                .containsEntry(
                        "llm_request_latency_seconds_bucket{_le=0.45,model=m,operation=chat,provider=openai,status=success}",
                        1.0)
                .containsEntry(
                        "llm_request_latency_seconds_bucket{_le=0.64,model=m,operation=chat,provider=openai,status=success}",
                        2.0);
    }

    @Test
    void edges_are_taken_by_the_names_of_their_meters() {
        Map<String, List<Double>> edges = Map.of("llm.request.latency", List.of(0.45));
        LlmOps llmops =
                llmops(PrometheusSignals.on(registry, GoldenSignals.builder().histogramEdges(edges)));
        call(llmops, "m", 450);
        assertThat(series("llm_request_latency_seconds_bucket"))
                .containsEntry(
                        "llm_request_latency_seconds_bucket{_le=0.45,model=m,operation=chat,provider=openai,status=success}",
                        1.0);
    }

    @Test
    void the_call_of_a_judge_counts_in_tokens_and_not_in_requests() {
        LlmOps llmops = llmops(PrometheusSignals.on(registry));
        llmops.call(Operation.CHAT, "openai", "m")
                .purpose("judge")
                .start()
                .usage(TokenUsage.inclusive(12, 3))
                .finish("stop");
        assertThat(series("llm_requests_total").values()).containsOnly(0.0);
        assertThat(series("llm_request_latency_seconds_count").values()).containsOnly(0.0);
        assertThat(series("llm_active_requests").values()).containsExactly(0.0);
        assertThat(series("llm_tokens_total"))
                .containsEntry("llm_tokens_total{model=m,operation=chat,provider=openai,type=input}", 12.0);
    }

    @Test
    void models_beyond_the_limit_become_other_and_are_counted() {
        LlmOps llmops =
                llmops(PrometheusSignals.on(registry, GoldenSignals.builder().labelLimit("model", 2)));
        List.of("a", "b", "c", "d", "a").forEach(model -> call(llmops, model, 1));
        assertThat(series("llm_request_latency_seconds_count"))
                .isEqualTo(Map.of(
                        "llm_request_latency_seconds_count{model=a,operation=chat,provider=openai,status=success}", 2.0,
                        "llm_request_latency_seconds_count{model=b,operation=chat,provider=openai,status=success}", 1.0,
                        "llm_request_latency_seconds_count{model=other,operation=chat,provider=openai,status=success}",
                                2.0));
        assertThat(series("llm_telemetry_label_overflow_total"))
                .isEqualTo(Map.of("llm_telemetry_label_overflow_total{where=model}", 2.0));
    }

    @Test
    void expected_calls_stand_at_zero_before_the_first_one() {
        VersionSet versions = VersionSet.builder().code("1").build();
        PrometheusSignals.on(registry).expectCalls(Operation.CHAT, "openai", "m", versions);
        assertThat(series("llm_requests_total"))
                .hasSize(6)
                .containsEntry(
                        "llm_requests_total{model=m,operation=chat,provider=openai,status=error,version_set="
                                + versions.id() + "}",
                        0.0);
        assertThat(series("llm_errors_total"))
                .containsEntry("llm_errors_total{kind=out_of_memory,model=m,operation=chat,provider=openai}", 0.0);
    }

    @Test
    void the_application_tells_batches_cold_starts_and_cache_results() {
        SignalRecorder signals = PrometheusSignals.on(registry);
        signals.batchSize("vllm", "m", 12);
        signals.batchSize("vllm", "m", 0);
        signals.coldStart("vllm", "m", Duration.ofSeconds(42));
        signals.cacheRequest(Operation.CHAT, "openai", "m", CacheResult.COALESCED);
        assertThat(Scrape.of(registry))
                .containsEntry("llm_batch_size_count{model=m,provider=vllm}", 1.0)
                .containsEntry("llm_batch_size_bucket{_le=16.0,model=m,provider=vllm}", 1.0)
                .containsEntry("llm_batch_size_bucket{_le=8.0,model=m,provider=vllm}", 0.0)
                .containsEntry("llm_cold_start_seconds_sum{model=m,provider=vllm}", 42.0)
                .containsEntry("llm_cache_requests_total{model=m,operation=chat,provider=openai,result=coalesced}", 1.0)
                .containsEntry("llm_cache_requests_total{model=m,operation=chat,provider=openai,result=hit}", 0.0);
    }

    private LlmOps priced(SignalRecorder signals, Cost cost) {
        return LlmOps.builder()
                .listener(signals)
                .enricher(record -> record.toBuilder().cost(cost).build())
                .build();
    }

    private static Cost cost(String amount, String currency) {
        return new Cost(CostState.ESTIMATED, new BigDecimal(amount), currency, List.of(), null);
    }

    @Test
    void cost_has_tenant_and_feature_when_asked_for() {
        LlmOps llmops = priced(
                PrometheusSignals.on(
                        registry, GoldenSignals.builder().costByTenant().costByFeature()),
                cost("0.5", "EUR"));
        llmops.call(Operation.CHAT, "openai", "m").tenant("acme").start().finish();
        assertThat(series("llm_cost"))
                .isEqualTo(Map.of(
                        "llm_cost_eur_total{feature=unknown,model=m,operation=chat,provider=openai,state=estimated,"
                                + "tenant=acme,version_set=none}",
                        0.5));
    }

    @Test
    void a_call_without_a_price_adds_no_cost() {
        call(priced(PrometheusSignals.on(registry), Cost.unpriced("USD")), "m", 1);
        assertThat(series("llm_cost")).isEmpty();
    }

    @Test
    void a_negative_cost_is_dropped_and_counted() {
        call(priced(PrometheusSignals.on(registry), cost("-1", "USD")), "m", 1);
        assertThat(series("llm_cost")).isEmpty();
        assertThat(series("llm_telemetry_dropped"))
                .isEqualTo(Map.of("llm_telemetry_dropped_total{where=negative_cost}", 1.0));
    }

    @Test
    void what_is_no_currency_code_goes_under_the_code_for_none() {
        call(priced(PrometheusSignals.on(registry), cost("1", "tokens & more")), "m", 1);
        assertThat(series("llm_cost").keySet()).singleElement().asString().startsWith("llm_cost_xxx_total{");
    }

    @Test
    void one_recorder_serves_several_llmops_and_adds_up_their_self_metrics() {
        SignalRecorder signals = PrometheusSignals.on(registry);
        for (int i = 0; i < 2; i++) {
            var call = llmops(signals).call(Operation.CHAT, "openai", "m").start();
            call.finish();
            call.finish();
        }
        assertThat(series("llm_telemetry_late_endings_total").values()).containsExactly(2.0);
        assertThat(series("llm_request_latency_seconds_count").values()).containsExactly(2.0);
    }

    @Test
    void a_registry_takes_one_recorder() {
        SimpleMeterRegistry micrometer = new SimpleMeterRegistry();
        GoldenSignals.on(micrometer);
        PrometheusSignals.on(registry);
        assertThatThrownBy(() -> GoldenSignals.on(micrometer)).hasMessageContaining("a recorder already");
        assertThatThrownBy(() -> PrometheusSignals.on(registry)).hasMessageContaining("a recorder already");
    }

    @Test
    void a_name_that_is_taken_shows_at_build_time_and_nothing_is_left_behind() {
        Gauge.builder().name("llm_tokens_total").register(registry);
        assertThatThrownBy(() -> PrometheusSignals.on(registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("llm_tokens_total cannot be registered", "pass a registry");
        assertThat(registry.scrape().stream()).hasSize(1);
    }

    @Test
    void every_mistake_in_a_configuration_is_reported_at_once() {
        GoldenSignals.Builder builder = GoldenSignals.builder()
                .profiles()
                .threshold(Instrument.REQUEST_LATENCY, 3)
                .threshold(Instrument.BATCH_SIZE, Duration.ofSeconds(1))
                .threshold(Instrument.REQUESTS, 5)
                .histogramEdges(Map.of("llm.latency", List.of(1.0)))
                .threshold(Instrument.TIME_TO_FIRST_TOKEN, Duration.ZERO)
                .labelLimit("model", 0)
                .labelLimit(-1);
        assertThatThrownBy(() -> PrometheusSignals.on(registry, builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "profiles is empty — at least one",
                        "threshold of llm.request.latency is a number (3.0) — a Duration",
                        "threshold of llm.batch.size is a Duration (PT1S) — a number",
                        "llm.requests takes no threshold (COUNTER) — only histograms do",
                        "threshold of llm.time.to.first.token is out of range (0.0) — above 0",
                        "histogramEdges names an unknown meter (llm.latency) — a name of Instrument",
                        "labelLimit.model is out of range (0) — at least 1",
                        "labelLimit is out of range (-1) — at least 1");
    }
}
