package dev.llmops.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.Scrape;
import dev.llmops.metrics.instrument.Instrument;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerBackendTest {

    private final FakeTicker ticker = new FakeTicker();
    private final SimpleMeterRegistry simple = new SimpleMeterRegistry();
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** One call of 1 s with gaps of 20, 20 and 300 ms. */
    private void stream(MeterRegistry registry) {
        LlmOps llmops = LlmOps.builder()
                .ticker(ticker)
                .listener(GoldenSignals.on(registry))
                .build();
        LlmCall call = llmops.call(Operation.CHAT, "openai", "m")
                .requestId("r")
                .streaming(true)
                .start();
        ticker.advanceMillis(660);
        call.chunk(1);
        for (long gap : new long[] {20, 20, 300}) {
            ticker.advanceMillis(gap);
            call.chunk(1);
        }
        call.finish("stop");
        llmops.evaluation("r", "faithfulness", 0.85, null, null);
    }

    private double upTo(String edge) {
        return simple.get("llm.inter.token.latency.histogram")
                .tag("le", edge)
                .functionCounter()
                .count();
    }

    @Test
    void latency_is_a_timer_with_the_labels_of_the_table() {
        stream(simple);
        Timer timer = simple.get("llm.request.latency").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1_000);
        assertThat(timer.getId().getTags())
                .extracting(tag -> tag.getKey())
                .containsExactlyInAnyOrderElementsOf(Instrument.REQUEST_LATENCY.labels());
    }

    @Test
    void gaps_are_a_function_timer_with_cumulative_counters_where_there_is_no_better_way() {
        stream(simple);
        assertThat(simple.get("llm.inter.token.latency").functionTimer().count())
                .isEqualTo(3);
        assertThat(simple.get("llm.inter.token.latency").functionTimer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(340);
        assertThat(upTo("0.01")).isZero();
        assertThat(upTo("0.025")).isEqualTo(2);
        assertThat(upTo("0.5")).isEqualTo(3);
        assertThat(upTo("+Inf")).isEqualTo(3);
    }

    @Test
    void scores_keep_their_fractions_where_micrometer_would_round_them_up() {
        stream(prometheus);
        assertThat(Scrape.of(prometheus.getPrometheusRegistry()))
                .containsEntry(
                        "llm_evaluation_score_bucket{_le=0.8,evaluation=faithfulness,model=m,operation=chat,provider=openai}",
                        0.0)
                .containsEntry(
                        "llm_evaluation_score_bucket{_le=0.9,evaluation=faithfulness,model=m,operation=chat,provider=openai}",
                        1.0);
    }

    @Test
    void common_tags_are_on_every_metric_of_a_prometheus_registry() {
        prometheus.config().commonTags("application", "shop", "my.region", "eu");
        stream(prometheus);
        Map<String, Double> series = Scrape.of(prometheus.getPrometheusRegistry());
        series.keySet().removeIf(key -> key.contains("application=shop") && key.contains("my_region=eu"));
        assertThat(series).isEmpty();
        assertThat(Scrape.of(prometheus.getPrometheusRegistry()))
                .containsKey("llm_inter_token_latency_seconds_count"
                        + "{application=shop,model=m,my_region=eu,operation=chat,provider=openai}");
    }

    @Test
    void each_part_of_a_composite_gets_gaps_in_its_own_best_way() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(simple).add(prometheus);
        stream(composite);
        assertThat(simple.get("llm.inter.token.latency").functionTimer().count())
                .isEqualTo(3);
        assertThat(simple.get("llm.requests").tag("status", "success").counter().count())
                .isEqualTo(1);
        assertThat(Scrape.of(prometheus.getPrometheusRegistry()))
                .containsEntry("llm_inter_token_latency_seconds_count{model=m,operation=chat,provider=openai}", 3.0)
                .containsEntry("llm_active_requests{model=m,operation=chat,provider=openai}", 0.0);
    }

    @Test
    void a_name_that_another_library_took_costs_only_the_one_metric() {
        simple.gauge(
                "llm.tokens", Tags.of("operation", "chat", "provider", "openai", "model", "m", "type", "input"), 1);
        stream(simple);
        assertThat(simple.get("llm.requests").tag("status", "success").counter().count())
                .isEqualTo(1);
        assertThat(simple.get("llm.telemetry.failures")
                        .tag("where", "metrics.llm.tokens")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_meter_that_fails_when_it_records_keeps_no_other_from_recording() {
        SimpleMeterRegistry failing = new SimpleMeterRegistry() {
            @Override
            protected Counter newCounter(Meter.Id id) {
                return id.getName().equals("llm.requests") ? new FailingCounter(id) : super.newCounter(id);
            }
        };
        stream(failing);
        assertThat(failing.get("llm.request.latency").timer().count()).isEqualTo(1);
        assertThat(failing.get("llm.active.requests").gauge().value()).isZero();
        assertThat(failing.get("llm.telemetry.failures")
                        .tag("where", "metrics.llm.requests")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    private static final class FailingCounter extends CumulativeCounter {

        FailingCounter(Meter.Id id) {
            super(id);
        }

        @Override
        public void increment(double amount) {
            throw new NoClassDefFoundError("some/Missing");
        }
    }

    @Test
    void a_version_set_is_decoded_by_its_id() {
        VersionSet versions =
                VersionSet.builder().code("1.4.2").prompt("support-v12").build();
        LlmOps llmops = LlmOps.builder()
                .versionSet(versions)
                .listener(GoldenSignals.on(prometheus))
                .build();
        llmops.call(Operation.CHAT, "openai", "m").start().finish();
        llmops.call(Operation.CHAT, "openai", "n").start().finish();
        assertThat(Scrape.of(prometheus.getPrometheusRegistry()))
                .containsEntry(
                        "llm_version_set_info{code=1.4.2,config=,index=,model=,prompt=support-v12,tools=,version_set="
                                + versions.id() + "}",
                        1.0);
    }
}
