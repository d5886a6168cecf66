package dev.llmops.slo.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.ObjectiveBuilder;
import dev.llmops.slo.engine.Calls;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SloMetersTest {

    private final FakeTicker time = new FakeTicker();
    private final PrometheusRegistry client = new PrometheusRegistry();
    private final PrometheusMeterRegistry micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SloEngine slos = SloEngine.builder()
            .objectives(new ObjectiveSet(
                    List.of(
                            availability("answers").build(),
                            availability("models")
                                    .groupBy(Dimension.MODEL, Dimension.of("region"))
                                    .build()),
                    List.of(EventRule.never("no-leak", "leak"))))
            .label("region", "eu")
            .clock(time.clock())
            .ticker(time)
            .evaluateEvery(Duration.ZERO)
            .build();

    private static ObjectiveBuilder availability(String name) {
        return Objective.builder(name).indicator(Indicator.availability()).target(0.9);
    }

    private List<String> scrape() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, client.scrape());
        return lines(text.toString(StandardCharsets.UTF_8));
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).sorted().toList();
    }

    private void oneGoodAndOneBadCall() {
        slos.record(Calls.completed(time.clock().instant()));
        slos.record(Calls.failed(time.clock().instant(), ErrorKind.OVERLOADED));
    }

    @Test
    void both_verdicts_stand_at_zero_before_the_first_event_and_ratios_are_absent() throws IOException {
        PrometheusSloMeters.bind(slos, client);
        assertThat(scrape())
                .containsExactly(
                        "llm_slo_events_total{model=\"\",region=\"\",slo=\"answers\",verdict=\"bad\"} 0.0",
                        "llm_slo_events_total{model=\"\",region=\"\",slo=\"answers\",verdict=\"good\"} 0.0",
                        "llm_slo_events_total{model=\"\",region=\"\",slo=\"no-leak\",verdict=\"bad\"} 0.0",
                        "llm_slo_events_total{model=\"\",region=\"\",slo=\"no-leak\",verdict=\"good\"} 0.0",
                        "llm_slo_excluded{slo=\"answers\"} 0.0",
                        "llm_slo_excluded{slo=\"models\"} 0.0",
                        "llm_slo_target{slo=\"answers\"} 0.9",
                        "llm_slo_target{slo=\"models\"} 0.9");
    }

    @Test
    void events_rates_and_budgets_are_those_of_the_engine() throws IOException {
        PrometheusSloMeters.bind(slos, client);
        oneGoodAndOneBadCall();
        assertThat(scrape())
                .contains(
                        "llm_slo_budget_remaining{model=\"\",region=\"\",slo=\"answers\"} -4.0",
                        "llm_slo_burn_rate{model=\"\",region=\"\",slo=\"answers\",window=\"6h\"} 5.0",
                        "llm_slo_events_total{model=\"\",region=\"\",slo=\"answers\",verdict=\"bad\"} 1.0");
    }

    @Test
    void a_group_that_comes_later_is_shown_by_its_labels_and_a_free_one_by_that_of_the_process() throws IOException {
        PrometheusSloMeters.bind(slos, client);
        oneGoodAndOneBadCall();
        assertThat(scrape())
                .contains("llm_slo_events_total{model=\"gpt-4o\",region=\"eu\",slo=\"models\",verdict=\"bad\"} 1.0");
    }

    @Test
    void micrometer_shows_the_same_names_labels_and_numbers() throws IOException {
        PrometheusSloMeters.bind(slos, client);
        SloMeters.bind(slos, micrometer);
        oneGoodAndOneBadCall();
        assertThat(lines(micrometer.scrape())).isEqualTo(scrape());
    }

    @Test
    void excluded_objectives_are_shown() throws IOException {
        PrometheusSloMeters.bind(slos, client);
        Instant minute = time.clock().instant().truncatedTo(ChronoUnit.MINUTES);
        slos.exclude(new Exclusion(
                minute.minusSeconds(60), minute.plusSeconds(600), Set.of("answers"), "ana", "the index was moved"));
        assertThat(scrape()).contains("llm_slo_excluded{slo=\"answers\"} 1.0", "llm_slo_excluded{slo=\"models\"} 0.0");
    }

    @Test
    void a_second_engine_on_the_same_registry_is_refused_and_leaves_nothing_behind() {
        Gauge.builder().name("llm_slo_target").register(client);
        assertThatThrownBy(() -> PrometheusSloMeters.bind(slos, client))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("registry has the series llm_slo_target already — one engine to a registry —"
                        + " give one engine all objectives");
        assertThat(client.scrape().stream()).hasSize(1);
    }

    @Test
    void a_meter_that_cannot_be_registered_keeps_no_event_from_being_counted() {
        Telemetry telemetry = new Telemetry();
        slos.useTelemetry(telemetry);
        slos.onVerdictCounter(counter -> {
            throw new IllegalStateException("no room");
        });
        oneGoodAndOneBadCall();
        assertThat(slos.statuses("models").get(0).counts().bad()).isEqualTo(1);
        assertThat(telemetry.value(Telemetry.Kind.FAILURES, "slo.counter_listener"))
                .as("two objectives and one rule have a counter")
                .isEqualTo(3);
    }

    @Test
    void no_signature_of_the_engine_names_a_metrics_library() {
        assertThat(SloEngine.class.getMethods())
                .extracting(Method::toGenericString)
                .noneMatch(signature -> signature.contains("io.micrometer") || signature.contains("io.prometheus"));
    }
}
