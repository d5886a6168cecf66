package dev.llmops.slo.openslo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SloImportTest {

    private static final String OPEN_SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: web}
            spec:
              service: search
              indicator:
                metadata: {name: web-ratio}
                spec:
                  ratioMetric:
                    counter: true
                    good: {metricSource: {metricSourceRef: prom, spec: {query: 'sum(rate(ok_total[5m]))'}}}
                    total: {metricSource: {metricSourceRef: prom, spec: {query: 'sum(rate(all_total[5m]))'}}}
              timeWindow: [{duration: 30d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.99}]
              alertPolicies: [{alertPolicyRef: fast-burn}]
            """;

    private static final String ALERTS = """
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: {name: fast-burn}
            spec:
              conditions: [{conditionRef: burning}]
              notificationTargets: [{targetRef: pager}]
            ---
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: {name: burning}
            spec:
              severity: page
              condition: {kind: burnrate, op: gte, threshold: 14, lookbackWindow: 1h, alertAfter: 5m}
            """;

    @TempDir
    Path folder;

    @Test
    void an_slo_is_imported_and_each_loss_is_named() {
        SloImport.Result result = SloImport.parse(OPEN_SLO + ALERTS);
        Objective web = result.objectives().objectives().get(0);
        assertThat(web.source())
                .isEqualTo(MetricSource.goodOverTotal(
                        "sum(rate(ok_total[{{.window}}]))", "sum(rate(all_total[{{.window}}]))"));
        assertThat(web.alerts().tiers()).singleElement().satisfies(tier -> {
            assertThat(tier.longWindow()).isEqualTo(Duration.ofHours(1));
            assertThat(tier.shortWindow()).isEqualTo(Duration.ofMinutes(5));
            assertThat(tier.factor()).isEqualByComparingTo(BigDecimal.valueOf(14));
        });
        assertThat(result.notCarriedOver())
                .anySatisfy(loss -> assertThat(loss)
                        .contains("its one window became two, 1h and 5m, and gte became gt, and alertAfter is not"))
                .anySatisfy(loss -> assertThat(loss).contains("notification targets"))
                .anySatisfy(loss -> assertThat(loss).contains("no DataSource prom"));
    }

    @Test
    void a_set_of_files_refers_to_each_other() throws IOException {
        Files.writeString(folder.resolve("slo.yaml"), OPEN_SLO);
        Files.writeString(folder.resolve("alerts.yml"), ALERTS);
        Files.writeString(folder.resolve("README.md"), "no objects");
        SloImport.Result result = SloImport.read(folder);
        assertThat(result.objectives().objectives()).extracting(Objective::name).containsExactly("web");
        assertThat(result.objectives().objectives().get(0).alerts().tiers()).hasSize(1);
    }

    @Test
    void a_gauge_under_a_threshold_counts_minutes() {
        String yaml = """
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: queue}
                spec:
                  service: search
                  indicator:
                    metadata: {name: depth}
                    spec:
                      thresholdMetric: {metricSource: {type: Prometheus, spec: {query: 'max(queue_depth)'}}}
                  timeWindow: [{duration: 30d, isRolling: true}]
                  budgetingMethod: Occurrences
                  objectives: [{op: lte, value: 40, target: 0.99}]
                """;
        SloImport.Result result = SloImport.parse(yaml);
        assertThat(result.notCarriedOver()).isEmpty();
        assertThat(result.objectives().objectives().get(0).source())
                .isEqualTo(MetricSource.badOverTotal(
                        "sum(sum_over_time(((max(queue_depth)) > bool 40)[{{.window}}:1m])) / {{.seconds}}",
                        "sum(count_over_time((max(queue_depth))[{{.window}}:1m])) / {{.seconds}}"));
    }

    @Test
    void what_cannot_become_an_objective_leaves_the_others() {
        String other = OPEN_SLO.replace("name: web}", "name: mean}").replace("all_total[5m]", "all_total[1h]");
        SloImport.Result result = SloImport.parse(OPEN_SLO + "---\n" + other);
        assertThat(result.objectives().objectives()).extracting(Objective::name).containsExactly("web");
        assertThat(result.notCarriedOver())
                .anySatisfy(loss -> assertThat(loss)
                        .contains("SLO mean: spec.indicator.spec.ratioMetric.good.metricSource.spec.query")
                        .contains("several ranges [5m, 1h]")
                        .endsWith("the object is left out"));
    }

    @Test
    void v1alpha_is_read() {
        String yaml = """
                apiVersion: openslo/v1alpha
                kind: SLO
                metadata: {name: sloth-slo, displayName: Requests}
                spec:
                  service: myservice
                  budgetingMethod: Occurrences
                  objectives:
                    - ratioMetrics:
                        good: {source: prometheus, queryType: promql, query: 'sum(rate(ok[{{.window}}]))'}
                        total: {source: prometheus, queryType: promql, query: 'sum(rate(all[{{.window}}]))'}
                      target: 0.999
                  timeWindows: [{count: 30, unit: Day}]
                """;
        SloImport.Result result = SloImport.parse(yaml);
        assertThat(result.notCarriedOver()).isEmpty();
        assertThat(result.objectives().objectives().get(0).target()).isEqualByComparingTo("0.999");
    }

    @Test
    void sloth_is_read() {
        String yaml = """
                version: prometheus/v1
                service: myservice
                labels: {owner: team}
                slos:
                  - name: Requests_Availability
                    objective: 99.9
                    description: Answers.
                    sli:
                      events:
                        error_query: sum(rate(http{code=~"5.."}[{{.window}}]))
                        total_query: sum(rate(http[{{.window}}]))
                    alerting: {page_alert: {disable: true}, ticket_alert: {disable: true}}
                  - name: raw
                    objective: 99
                    sli: {raw: {error_ratio_query: x}}
                """;
        SloImport.Result result = SloImport.parse(yaml);
        Objective objective = result.objectives().objectives().get(0);
        assertThat(objective.name()).isEqualTo("requests-availability");
        assertThat(objective.target()).isEqualByComparingTo("0.999");
        assertThat(objective.alerts()).isEqualTo(AlertPolicy.NONE);
        assertThat(objective.labels()).containsEntry("owner", "team");
        assertThat(result.notCarriedOver()).singleElement().asString().startsWith("Sloth SLO raw: sli has raw");
    }

    @Test
    void pyrra_is_read() {
        String yaml = """
                apiVersion: pyrra.dev/v1alpha1
                kind: ServiceLevelObjective
                metadata: {name: api, labels: {pyrra.dev/team: ops, prometheus: k8s}}
                spec:
                  target: '99.5'
                  window: 4w
                  indicator:
                    ratio:
                      errors: {metric: 'http_total{job="api",code=~"5.."}'}
                      total: {metric: 'http_total{job="api"}'}
                      grouping: [region]
                """;
        SloImport.Result result = SloImport.parse(yaml);
        Objective api = result.objectives().objectives().get(0);
        assertThat(api.window().nominalLength()).isEqualTo(Duration.ofDays(28));
        assertThat(api.groupBy()).containsExactly(Dimension.of("region"));
        assertThat(api.labels()).containsExactly(Map.entry("team", "ops"));
        assertThat(api.source())
                .isEqualTo(MetricSource.badOverTotal(
                        "sum by (region) (rate(http_total{job=\"api\",code=~\"5..\"}[{{.window}}]))",
                        "sum by (region) (rate(http_total{job=\"api\"}[{{.window}}]))"));
        assertThat(result.notCarriedOver()).singleElement().asString().contains("metadata.labels.prometheus");
    }

    @Test
    void pyrra_native_latency_is_read() {
        String yaml = """
                apiVersion: pyrra.dev/v1alpha1
                kind: ServiceLevelObjective
                metadata: {name: latency}
                spec:
                  target: '99'
                  window: 2w
                  indicator: {latencyNative: {latency: 500ms, total: {metric: 'h_seconds{job="api"}'}}}
                """;
        assertThat(SloImport.parse(yaml).objectives().objectives().get(0).source())
                .isEqualTo(new MetricSource.NativeHistogram("h_seconds", "job=\"api\"", 0.5));
    }

    @Test
    void other_formats_are_named() {
        assertThat(SloImport.parse("{apiVersion: v9, kind: Thing, metadata: {name: x}}")
                        .notCarriedOver())
                .singleElement()
                .asString()
                .startsWith("Thing x: apiVersion is 'v9' — known are openslo/v1");
    }

    @Test
    void empty_input_is_an_error() throws IOException {
        assertThatThrownBy(() -> SloImport.parse("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> SloImport.read(folder)).hasMessageContaining("is empty");
    }

    @Test
    void what_sloth_and_pyrra_say_of_alerts_is_named_where_it_is_not_carried_over() {
        SloImport.Result sloth = SloImport.parse("""
                version: prometheus/v1
                service: shop
                slos:
                  - name: answers
                    objective: 99.9
                    plugins: {chain: [{id: x}]}
                    sli: {events: {error_query: 'sum(rate(bad[{{.window}}]))', total_query: 'sum(rate(all[{{.window}}]))'}}
                    alerting:
                      name: Answers
                      page_alert: {labels: {severity: pageteam}}
                      ticket_alert: {annotations: {team: a}}
                """);
        SloImport.Result pyrra = SloImport.parse("""
                apiVersion: pyrra.dev/v1alpha1
                kind: ServiceLevelObjective
                metadata: {name: answers}
                spec:
                  target: "99"
                  window: 4w
                  indicator: {ratio: {errors: {metric: 'bad'}, total: {metric: 'all'}}}
                  alerting: {name: Answers, absent: false, burnrates: false}
                """);

        assertThat(sloth.objectives().objectives()).hasSize(1);
        assertThat(sloth.notCarriedOver())
                .extracting(loss -> loss.replaceAll(" is not carried over.*", ""))
                .containsExactly(
                        "Sloth SLO answers: plugins",
                        "Sloth SLO answers: alerting.name",
                        "Sloth SLO answers: alerting.page_alert.labels",
                        "Sloth SLO answers: alerting.ticket_alert.annotations");
        assertThat(pyrra.objectives().objectives().get(0).alerts().tiers()).isEmpty();
        assertThat(pyrra.notCarriedOver())
                .extracting(loss -> loss.replaceAll(" is not carried over.*", ""))
                .containsExactly("Pyrra SLO answers: spec.alerting.name", "Pyrra SLO answers: spec.alerting.absent");
    }

    @Test
    void an_objective_whose_name_is_taken_is_imported_with_its_service() {
        String service = """
                version: prometheus/v1
                service: %s
                slos:
                  - name: answers
                    objective: 99.9
                    sli: {events: {error_query: 'sum(rate(bad[{{.window}}]))', total_query: 'sum(rate(all[{{.window}}]))'}}
                """;

        SloImport.Result imported =
                SloImport.parse(service.formatted("shop") + "---\n" + service.formatted("Pay Desk"));

        assertThat(imported.objectives().objectives())
                .extracting(Objective::name)
                .containsExactly("answers", "pay-desk-answers");
        assertThat(imported.notCarriedOver())
                .containsExactly("Sloth SLO answers: the name answers is taken — names are unique — it is imported as"
                        + " pay-desk-answers");
    }

    @Test
    void a_service_without_objectives_is_named() {
        assertThat(SloImport.parse("{version: prometheus/v1, service: shop, slos: []}")
                        .notCarriedOver())
                .containsExactly("Sloth service shop: slos is empty — at least one — there is nothing to import");
    }

    @Test
    void a_policy_may_be_named_without_more() {
        assertThat(SloImport.parse(OPEN_SLO.replace("[{alertPolicyRef: fast-burn}]", "[fast-burn]") + ALERTS)
                        .objectives()
                        .objectives())
                .hasSize(1);
    }

    @Test
    void an_encoding_is_named() throws IOException {
        Path file = folder.resolve("slo.yml");
        for (String charset : List.of("UTF-16LE", "ISO-8859-1")) {
            Files.write(
                    file,
                    ("\uFEFF# Größe")
                            .replace("\uFEFF", charset.startsWith("UTF") ? "\uFEFF" : "")
                            .getBytes(Charset.forName(charset)));
            assertThatThrownBy(() -> SloImport.read(file)).hasMessageContaining("save the file as UTF-8");
        }
        Files.write(file, ("\uFEFF" + OPEN_SLO).getBytes(StandardCharsets.UTF_8));
        assertThat(SloImport.read(file).objectives().objectives()).hasSize(1);
    }
}
