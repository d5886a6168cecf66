package dev.llmops.slo.openslo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.CallFilter;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSloTest {

    private static final String AVAILABILITY = """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: web
              displayName: Web answers
              labels: {team: [search]}
              annotations: {runbook: https://wiki.example/web}
            spec:
              description: People search.
              service: search
              indicator:
                metadata: {name: web-ratio}
                spec:
                  ratioMetric:
                    counter: true
                    good: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(ok_total[{{.window}}]))'}}}
                    total: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(all_total[{{ .window }}]))'}}}
              timeWindow: [{duration: 4w, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.995}]
            """;

    @Test
    void sloOfTwoQueries_becomesAnObjective() {
        Objective objective = OpenSlo.parse(AVAILABILITY).objectives().get(0);
        assertThat(objective.name()).isEqualTo("web");
        assertThat(objective.displayName()).isEqualTo("Web answers");
        assertThat(objective.service()).isEqualTo("search");
        assertThat(objective.description()).isEqualTo("People search.");
        assertThat(objective.target()).isEqualByComparingTo("0.995");
        assertThat(objective.window()).isEqualTo(SloWindow.rolling(Duration.ofDays(28)));
        assertThat(objective.indicator()).isEqualTo(Indicator.reported());
        assertThat(objective.labels()).containsExactly(Map.entry("team", "search"));
        assertThat(objective.annotations()).containsEntry("runbook", "https://wiki.example/web");
        assertThat(objective.source())
                .isEqualTo(MetricSource.goodOverTotal(
                        "sum(rate(ok_total[{{.window}}]))", "sum(rate(all_total[{{.window}}]))"));
    }

    @Test
    void calendarWindow_keepsItsZoneAndStart() {
        String yaml = AVAILABILITY.replace(
                "{duration: 4w, isRolling: true}",
                "{duration: 1Q, isRolling: false, calendar: {startTime: 2026-02-01 00:00:00, timeZone: Asia/Kolkata}}");
        assertThat(OpenSlo.parse(yaml).objectives().get(0).window()).hasToString("calendar 3 months in Asia/Kolkata");
    }

    @Test
    void percentTarget_isTheSameTarget() {
        String yaml = AVAILABILITY.replace("{target: 0.995}", "{targetPercent: 99.5}");
        assertThat(OpenSlo.parse(yaml).objectives().get(0).target()).isEqualByComparingTo("0.995");
    }

    @Test
    void severalObjectives_becomeSeveral() {
        String yaml = AVAILABILITY.replace(
                "[{target: 0.995}]", "[{displayName: Good, target: 0.99}, {displayName: Great, target: 0.999}]");
        assertThat(OpenSlo.parse(yaml).objectives())
                .extracting(Objective::name, Objective::displayName)
                .containsExactly(tuple("web-0", "Web answers: Good"), tuple("web-1", "Web answers: Great"));
    }

    @Test
    void indicatorByReference_isFoundInTheSameDocuments() {
        String yaml = """
                - apiVersion: openslo/v1
                  kind: DataSource
                  metadata: {name: prom}
                  spec: {type: prometheus, connectionDetails: {url: http://prometheus}}
                - apiVersion: openslo/v1
                  kind: SLI
                  metadata: {name: shared}
                  spec:
                    ratioMetric:
                      counter: true
                      bad: {metricSource: {metricSourceRef: prom, spec: {query: 'sum(rate(b[{{.window}}]))'}}}
                      total: {metricSource: {metricSourceRef: prom, spec: {query: 'sum(rate(t[{{.window}}]))'}}}
                - apiVersion: openslo/v1
                  kind: SLO
                  metadata: {name: by-reference}
                  spec:
                    service: search
                    indicatorRef: shared
                    timeWindow: [{duration: 30d, isRolling: true}]
                    budgetingMethod: Occurrences
                    objectives: [{target: 0.9}]
                """;
        assertThat(OpenSlo.parse(yaml).objectives().get(0).source())
                .isEqualTo(MetricSource.badOverTotal("sum(rate(b[{{.window}}]))", "sum(rate(t[{{.window}}]))"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "budgetingMethod: Occurrences | budgetingMethod: Timeslices | spec.objectives[0].timeSliceTarget",
                "budgetingMethod: Occurrences | budgetingMethod: RatioTimeslices | spec.objectives[0].timeSliceWindow",
                "{target: 0.995} | {target: 0} | spec.objectives[0].target",
                "type: Prometheus | type: Datadog | spec.indicator.spec.ratioMetric.good.metricSource.type",
                "ok_total[{{.window}}] | ok_total[5m] | spec.indicator.spec.ratioMetric.good.metricSource.spec.query",
                "{team: [search]} | {team: [search, web]} | metadata.labels.team",
                "duration: 4w | duration: 30m | spec.timeWindow[0].duration",
            })
    void whatCannotBeRepresented_namesItsField(String from, String to, String path) {
        String yaml = AVAILABILITY.replace(from.strip(), to.strip());
        assertThatThrownBy(() -> OpenSlo.parse(yaml))
                .isInstanceOf(InvalidObjectivesException.class)
                .hasMessageContaining("SLO web: " + path);
    }

    @Test
    void an_alert_policy_is_not_carried_over_whole() {
        assertThatThrownBy(() -> OpenSlo.parse(AVAILABILITY + "  alertPolicies: [{alertPolicyRef: page}]\n"))
                .hasMessageContaining("SLO web: spec.alertPolicies[0].alertPolicyRef is not carried over");
    }

    @Test
    void time_slices_become_events() {
        String yaml = AVAILABILITY
                .replace("budgetingMethod: Occurrences", "budgetingMethod: Timeslices")
                .replace("{target: 0.995}", "{target: 0.995, timeSliceTarget: 0.9, timeSliceWindow: 5m}");
        String ratio = "(sum(rate(ok_total[5m]))) / ((sum(rate(all_total[5m]))) > 0)";
        assertThat(OpenSlo.parse(yaml).objectives().get(0).source())
                .isEqualTo(MetricSource.badOverTotal(
                        "sum(sum_over_time(((" + ratio + ") < bool 0.9)[{{.window}}:5m])) / {{.seconds}}",
                        "sum(count_over_time((" + ratio + ")[{{.window}}:5m])) / {{.seconds}}"));
    }

    @Test
    void empty_input_is_an_error() {
        assertThatThrownBy(() -> OpenSlo.parse("# nothing\n")).hasMessageContaining("document is empty");
    }

    @Test
    void everythingAnObjectiveKnows_survivesTheWayThereAndBack() {
        Objective rich = Objective.builder("faithful")
                .displayName("Faithful answers")
                .service("rag")
                .description("Answers stick to their sources.")
                .indicator(Indicator.score("faithfulness", 0.8))
                .filter(CallFilter.ALL.and(Dimension.TENANT, "acme", "globex"))
                .groupBy(Dimension.MODEL)
                .groupLimit(7)
                .target(0.95)
                .window(SloWindow.calendarMonth(ZoneId.of("Europe/Berlin")))
                .evaluationDelay(Duration.ofMinutes(15))
                .expectedEventsPerHour(600)
                .alerts(AlertPolicy.of(AlertTier.of("page", Duration.ofHours(6), Duration.ofMinutes(30), 4)))
                .label("team", "search")
                .annotation("runbook_url", "https://wiki.example/faithful")
                .build();
        ObjectiveSet set = ObjectiveSet.of(rich);
        assertThat(OpenSlo.parse(OpenSlo.write(set)).toYaml()).isEqualTo(set.toYaml());
    }

    @Test
    void queriesThatDifferFromTheAnnotation_areRefused() {
        String yaml = OpenSlo.write(ObjectiveSet.of(Objective.builder("edited")
                .service("s")
                .indicator(Indicator.availability())
                .target(0.99)
                .build()));
        assertThatThrownBy(() -> OpenSlo.parse(yaml.replace("llm_slo_events_total", "other_total")))
                .hasMessageContaining("SLO edited: spec.indicator.spec must be what the annotation");
    }

    @Test
    void eventRulesAndMissingServices_cannotBeWritten() {
        ObjectiveSet set = new ObjectiveSet(
                List.of(Objective.builder("homeless")
                        .indicator(Indicator.availability())
                        .target(0.99)
                        .build()),
                List.of(EventRule.never("no-leak", "leak")));
        assertThatThrownBy(() -> OpenSlo.write(set))
                .hasMessageContaining("eventRules: 'no-leak'")
                .hasMessageContaining("SLO homeless: spec.service is required");
    }
}
