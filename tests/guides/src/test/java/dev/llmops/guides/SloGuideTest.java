package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.SignalRecorder;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.alert.AlertWebhook;
import dev.llmops.slo.backtest.Backtest;
import dev.llmops.slo.backtest.EventHistory;
import dev.llmops.slo.backtest.JsonLinesHistory;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.metrics.SloMeters;
import dev.llmops.slo.prometheus.PrometheusReader;
import dev.llmops.slo.prometheus.PrometheusRules;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.StatusJson;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SloGuideTest {

    @BeforeEach
    void writeTheGuidesObjectives() throws IOException {
        Files.writeString(Path.of("objectives.yml"), Guides.firstYaml("slo.md"));
    }

    @Test
    void an_engine() throws IOException {
        SloEngine slo = SloEngine.builder()
                .objectives(ObjectiveSet.read(Path.of("objectives.yml")))
                .snapshot(Path.of("data/slo.snapshot")) // the window survives a restart
                .alertListener(AlertWebhook.builder(URI.create("https://hooks.example/slo"))
                        .build())
                .build();
        LlmOps llmops = LlmOps.builder().listener(slo).build();

        slo.statuses().forEach(System.out::println); // figures, and a sentence that explains them
        assertThat(llmops).isNotNull();
        assertThat(slo.statuses())
                .isNotEmpty()
                .extracting(SloStatus::state)
                .containsOnly(SloStatus.State.INSUFFICIENT_DATA);
        slo.close();
    }

    @Test
    void excluded_time() throws IOException {
        SloEngine slo = SloEngine.builder()
                .objectives(ObjectiveSet.read(Path.of("objectives.yml")))
                .evaluateEvery(Duration.ZERO)
                .build();
        Instant from = Instant.parse("2026-11-28T20:00:00Z");
        Instant to = Instant.parse("2026-11-28T22:00:00Z");
        slo.exclude(Exclusion.ofAll(from, to, "ana", "the vector index was moved"));
        assertThat(slo.objectives().exclusions()).hasSize(1);
        assertThat(StatusJson.write(slo.allStatuses())).contains("\"composites\":[]");
        slo.close();
    }

    @Test
    void an_objective_in_code() {
        Objective fast = Objective.builder("fast")
                .description("People see an answer begin.")
                .indicator(Indicator.timeToFirstToken(Duration.ofMillis(500)))
                .target(0.99)
                .window(SloWindow.rolling(Duration.ofDays(30)))
                .groupBy(Dimension.MODEL)
                .build();
        assertThat(fast).hasToString("fast: 99 % of time to first token ≤ 500ms over 30d");
    }

    @Test
    void files_for_prometheus() throws IOException {
        ObjectiveSet objectives = ObjectiveSet.read(Path.of("objectives.yml"));
        Files.writeString(Path.of("slo.rules.yml"), PrometheusRules.yaml(objectives));
        Files.writeString(
                Path.of("slo.test.yml"), PrometheusRules.testYaml(objectives, "slo.rules.yml")); // promtool test rules
        Files.writeString(
                Path.of("alertmanager.yml"), PrometheusRules.alertmanagerYaml(objectives, "http://hooks.example"));
        assertThat(Path.of("slo.rules.yml")).content().contains("llm_slo_events_total");
    }

    @Test
    void the_figures_of_a_fleet() throws IOException {
        ObjectiveSet objectives = ObjectiveSet.read(Path.of("objectives.yml"));
        String token = "t";
        PrometheusReader reader = PrometheusReader.builder(URI.create("http://prometheus:9090"))
                .bearerToken(() -> token)
                .build();
        List<SloStatus> fleet = reader.read(objectives, Instant.now());
        assertThat(fleet)
                .as("no such server here")
                .isNotEmpty()
                .extracting(SloStatus::state)
                .containsOnly(SloStatus.State.INSUFFICIENT_DATA);
    }

    @Test
    void a_target_is_tried_on_the_past() throws IOException {
        Files.writeString(Path.of("calls.jsonl"), "{\"timestamp\":\"2026-01-01T00:00:10Z\",\"status\":\"success\"}\n");
        Objective objective = Objective.builder("availability")
                .indicator(Indicator.availability())
                .target(0.99)
                .build();
        try (Stream<String> log = Files.lines(Path.of("calls.jsonl"))) {
            EventHistory history =
                    JsonLinesHistory.read(objective, log, Duration.ofMinutes(1)).history();
            Backtest backtest = Backtest.of(objective, history, ZoneId.of("Europe/Berlin"));
            System.out.println(backtest.supportedTarget());
        }
        try (Stream<String> again = Files.lines(Path.of("calls.jsonl"))) {
            EventHistory history = JsonLinesHistory.read(objective, again, Duration.ofMinutes(1))
                    .history();
            assertThat(Backtest.of(objective, history, ZoneId.of("Europe/Berlin"))
                            .attainment())
                    .hasValue(1);
        }
    }

    @Test
    void series_on_prometheus() throws IOException {
        PrometheusMeterRegistry meterRegistry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ObjectiveSet objectives = ObjectiveSet.read(Path.of("objectives.yml"));
        SloEngine slo = SloEngine.builder().objectives(objectives).build();
        SignalRecorder signals = GoldenSignals.builder()
                .histogramEdges(objectives.histogramEdges())
                .on(meterRegistry);
        SloMeters.bind(slo, meterRegistry); // or PrometheusSloMeters.bind(slo, prometheusRegistry)
        LlmOps llmops = LlmOps.builder().listener(signals).listener(slo).build();
        long asked = llmops.ticker().nanos();
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .tenant("acme")
                .streaming(true)
                .start();
        call.chunk(1, asked); // at once, however slow the machine
        call.finish();
        slo.close();
        assertThat(meterRegistry.scrape())
                .contains("llm_time_to_first_token_seconds_bucket{")
                .contains(Guides.examples(Guides.PROJECT.resolve("docs/slo.md"), "prometheus")
                        .get(0));
    }
}
