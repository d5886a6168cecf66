package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.awaitility.Awaitility.await;

import dev.llmops.samples.gateway.views.SloService;
import dev.llmops.slo.prometheus.PrometheusReader;
import dev.llmops.slo.prometheus.PrometheusRules;
import dev.llmops.slo.status.SloStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An incident pages, resolves, and has cost the same budget whoever is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentIT {

    private static final double BUDGET = 0.001;
    private static final double LEFT = 1 - (double) ScriptedIncident.FAILED / ScriptedIncident.CALLS / BUDGET;

    /** A group of rules is evaluated first at a second of its own, within an interval. */
    private static final Duration FIRST_EVALUATION = Duration.ofSeconds(30);

    private final Instant last = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private ScriptedIncident incident;
    private RealPrometheus peak;
    private RealPrometheus end;

    @BeforeAll
    void haveAnIncident(@TempDir Path data, @TempDir Path peakDirectory, @TempDir Path endDirectory) throws Exception {
        incident = new ScriptedIncident(data);
        // Few evaluations, since each weighs as much in the budget as a minute of the incident; soon, since a test
        // waits for one.
        String rules = PrometheusRules.yaml(ScriptedIncident.availability()).replace("interval: 1m", "interval: 10s");
        Instant first = last.minus(Duration.ofHours(3));
        peak = RealPrometheus.over(peakDirectory, incident.samplesUntilPeak(last), first, last, rules);
        end = RealPrometheus.over(endDirectory, incident.samples(last), first, last, rules);
    }

    @AfterAll
    void stop() {
        peak.close();
        end.close();
    }

    private static boolean pages(JsonNode objective) {
        return objective.path("alerts").values().stream()
                .anyMatch(alert -> alert.path("severity").asString().equals("page")
                        && alert.path("state").asString().equals("FIRING"));
    }

    @Test
    void the_gateway_pages_resolves_and_keeps_its_budget_over_a_restart() {
        assertThat(pages(incident.atPeak)).isTrue();
        assertThat(pages(incident.atEnd)).isFalse();
        assertThat(incident.atEnd.path("events").asDouble()).isEqualTo(ScriptedIncident.CALLS);
        assertThat(incident.atEnd.path("budget_remaining").asDouble()).isCloseTo(LEFT, within(1e-9));
        assertThat(incident.afterRestart.path("budget_remaining")).isEqualTo(incident.atEnd.path("budget_remaining"));
    }

    @Test
    void prometheus_pages_and_resolves() throws Exception {
        await().atMost(FIRST_EVALUATION)
                .untilAsserted(() -> assertThat(peak.firing("availability")).contains("page"));
        await().atMost(FIRST_EVALUATION)
                .untilAsserted(() -> assertThat(end.query("count(llm_slo:budget_remaining:30d{slo=\"availability\"})"))
                        .isEqualTo(1));
        assertThat(end.firing("availability")).doesNotContain("page");
    }

    @Test
    void prometheus_records_the_same_budget() {
        await().atMost(FIRST_EVALUATION)
                .untilAsserted(() -> assertThat(end.query("llm_slo:budget_remaining:30d{slo=\"availability\"}"))
                        .isCloseTo(LEFT, withPercentage(2)));
    }

    @Test
    void the_reader_reads_the_same_budget_to_the_event() {
        SloStatus status = PrometheusReader.builder(end.address()).build().read(SloService.objectives(), last).stream()
                .filter(read -> read.objective().name().equals("availability"))
                .findFirst()
                .orElseThrow();
        assertThat(status.counts().total()).isEqualTo(ScriptedIncident.CALLS);
        assertThat(status.budgetRemaining().orElseThrow()).isCloseTo(LEFT, within(1e-9));
    }

    @Test
    void a_test_that_holds_the_gateway_against_it_fails_and_reports_the_same_budget() throws Exception {
        String reason = incident.atEnd.path("reason").asString();
        assertThatThrownBy(incident.run::assertMet)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("availability BREACHED")
                .hasMessageContaining(reason)
                .hasMessageContaining("n: 285; error ratio 14.04 %");
        assertThat(reason).contains("the budget is overspent by 13940 %");
        Path report = Path.of("target/llmops/IncidentIT.html");
        incident.run.writeReport(report);
        assertThat(Files.readString(report)).contains("BREACHED", reason);
    }
}
