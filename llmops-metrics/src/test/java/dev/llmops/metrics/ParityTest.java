package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same calls give the same numbers on both back ends, and the numbers that a fresh reading of the records gives. */
class ParityTest {

    private final PrometheusMeterRegistry micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PrometheusRegistry prometheus = new PrometheusRegistry();
    private final RecordingListener seen = new RecordingListener();

    @BeforeEach
    void run_the_same_calls_into_both() {
        new Traffic(GoldenSignals.on(micrometer), PrometheusSignals.on(prometheus), seen).run();
    }

    /** Micrometer adds the recent maximum of each distribution, which the Prometheus client does not have. */
    private Map<String, Double> throughMicrometer() {
        Map<String, Double> series = new TreeMap<>(Scrape.of(micrometer.getPrometheusRegistry()));
        series.keySet().removeIf(key -> key.contains("_max{"));
        return series;
    }

    private static Set<String> difference(Map<String, Double> of, Map<String, Double> without) {
        Set<String> keys = new TreeSet<>(of.keySet());
        keys.removeAll(without.keySet());
        return keys;
    }

    private static void assertSame(Map<String, Double> actual, Map<String, Double> expected) {
        assertThat(difference(actual, expected)).as("only here").isEmpty();
        assertThat(difference(expected, actual)).as("missing here").isEmpty();
        expected.forEach((key, value) -> {
            if (key.contains("_sum{")) {
                assertThat(actual.get(key)).as(key).isCloseTo(value, Percentage.withPercentage(1e-9));
            } else {
                assertThat(actual.get(key)).as(key).isEqualTo(value);
            }
        });
    }

    @Test
    void both_back_ends_show_the_same_series_with_the_same_numbers() {
        assertSame(throughMicrometer(), Scrape.of(prometheus));
    }

    @Test
    void the_numbers_are_those_of_a_fresh_reading_of_the_records() {
        Map<String, Double> scraped = Scrape.of(prometheus);
        scraped.keySet().removeIf(key -> key.startsWith("llm_telemetry"));
        assertSame(scraped, FreshReading.of(seen.started(), seen.records(), seen.events()));
    }

    @Test
    void what_the_library_counts_about_itself_is_shown() {
        assertThat(Scrape.of(prometheus))
                .containsEntry("llm_telemetry_late_endings_total{where=cancelled}", 1.0)
                .containsEntry("llm_telemetry_dropped_total{where=event_of_unknown_call}", 1.0);
    }

    @Test
    void every_outcome_was_among_the_calls() {
        assertThat(seen.records()).extracting(record -> record.outcome()).contains(Outcome.values());
    }
}
