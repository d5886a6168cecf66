package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SloSignalsTest {

    private final PrometheusRegistry prometheus = new PrometheusRegistry();
    private final SimpleMeterRegistry micrometer = new SimpleMeterRegistry();

    private static final List<String> GROUP =
            List.of("operation", "provider", "model", "tenant", "feature", "version_set");

    private static String series(String name, String... labels) {
        Map<String, String> all = new TreeMap<>(Map.of("slo", "ttft"));
        GROUP.forEach(label -> all.put(label, ""));
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return Scrape.key(
                name,
                Labels.of(all.keySet().toArray(String[]::new), all.values().toArray(String[]::new)));
    }

    @Test
    void both_verdicts_stand_at_zero_before_the_first_event_and_then_follow_the_engine() {
        AtomicInteger bad = new AtomicInteger();
        PrometheusSignals.on(prometheus).sloEvents("ttft", Map.of(), () -> 0, bad::get);
        assertThat(Scrape.of(prometheus))
                .containsEntry(series("llm_slo_events_total", "verdict", "good"), 0.0)
                .containsEntry(series("llm_slo_events_total", "verdict", "bad"), 0.0);
        bad.set(3);
        assertThat(Scrape.of(prometheus)).containsEntry(series("llm_slo_events_total", "verdict", "bad"), 3.0);
    }

    @Test
    void a_group_is_shown_as_labels() {
        PrometheusSignals.on(prometheus).sloEvents("ttft", Map.of("model", "gpt-4o"), () -> 1, () -> 0);
        assertThat(Scrape.of(prometheus))
                .containsEntry(series("llm_slo_events_total", "model", "gpt-4o", "verdict", "good"), 1.0);
    }

    @Test
    void a_burn_rate_that_was_not_measured_is_absent_and_never_zero() {
        SignalRecorder signals = PrometheusSignals.on(prometheus);
        signals.sloBurnRate("ttft", Map.of(), "1h", () -> Double.NaN);
        signals.sloBudgetRemaining("ttft", Map.of(), () -> -0.5);
        assertThat(Scrape.of(prometheus))
                .doesNotContainKey(series("llm_slo_burn_rate", "window", "1h"))
                .containsEntry(series("llm_slo_budget_remaining"), -0.5);
    }

    @Test
    void micrometer_shows_the_same() {
        SignalRecorder signals = GoldenSignals.on(micrometer);
        signals.sloEvents("ttft", Map.of(), () -> 5, () -> 2);
        signals.sloBurnRate("ttft", Map.of(), "1h", () -> 14.4);
        assertThat(micrometer
                        .get("llm.slo.events")
                        .tag("verdict", "bad")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(micrometer
                        .get("llm.slo.burn.rate")
                        .tag("window", "1h")
                        .gauge()
                        .value())
                .isEqualTo(14.4);
    }
}
