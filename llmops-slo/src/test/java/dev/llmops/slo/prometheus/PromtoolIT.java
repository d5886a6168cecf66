package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.CallFilter;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.ObjectiveBuilder;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.engine.Cases;
import dev.llmops.slo.file.ObjectiveSet;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is generated passes the real promtool and amtool. */
class PromtoolIT {

    @TempDir
    Path folder;

    static List<Objective> zoo() {
        List<Objective> zoo = new ArrayList<>();
        zoo.add(objective("availability", 0.999).build());
        zoo.add(objective("five-nines", 0.99999).build());
        zoo.add(objective("low", 0.95)
                .description("Has \"quotes\", {{ braces }} and\nlines.")
                .build());
        zoo.add(objective("very-low", 0.4).build());
        zoo.add(objective("week", 0.99)
                .window(SloWindow.rolling(Duration.ofDays(7)))
                .build());
        zoo.add(objective("day", 0.99)
                .window(SloWindow.rolling(Duration.ofDays(1)))
                .build());
        zoo.add(objective("hour", 0.99)
                .window(SloWindow.rolling(Duration.ofHours(1)))
                .build());
        zoo.add(objective("quarter", 0.999)
                .window(SloWindow.calendarQuarter(ZoneId.of("America/New_York")))
                .build());
        zoo.add(objective("by-model", 0.99)
                .groupBy(Dimension.MODEL, Dimension.TENANT)
                .build());
        zoo.add(objective("labelled", 0.99)
                .label("team", "search")
                .annotation("runbook.example/url", "https://wiki.example/{{runbook}}")
                .build());
        zoo.add(objective("unguarded", 0.99)
                .alerts(AlertPolicy.derived(new BigDecimal("0.99"), SloWindow.THIRTY_DAYS)
                        .withGuard(AlertPolicy.Guard.NONE))
                .build());
        zoo.add(objective("silent", 0.99).alerts(AlertPolicy.NONE).build());
        zoo.add(objective("scores", 0.99)
                .indicator(Indicator.meanScore("faithfulness"))
                .build());
        zoo.add(objective("own-bad", 0.999)
                .source(MetricSource.badOverTotal(
                        "sum(rate(http_requests_total{code=~\"5..\"}[{{.window}}]))",
                        "sum(rate(http_requests_total[{{ .window }}]))"))
                .build());
        zoo.add(objective("own-good", 0.999)
                .source(MetricSource.goodOverTotal(
                        "sum(rate(http_requests_total{code!~\"5..\"}[{{.window}}]))",
                        "sum(rate(http_requests_total[{{.window}}]))"))
                .build());
        zoo.add(objective("classic", 0.99)
                .source(new MetricSource.ClassicHistogram("http_seconds", "job=\"web\"", 0.5, List.of(0.1, 0.5, 1.0)))
                .build());
        zoo.add(objective("classic-whole-edge", 0.99)
                .source(new MetricSource.ClassicHistogram("http_seconds", "", 1, List.of()))
                .build());
        zoo.add(objective("native", 0.99)
                .source(new MetricSource.NativeHistogram("http_seconds", "job=\"web\"", 0.5))
                .build());
        return zoo;
    }

    private static ObjectiveBuilder objective(String name, double target) {
        return Objective.builder(name)
                .service("web")
                .indicator(Indicator.availability())
                .filter(CallFilter.ALL)
                .target(target);
    }

    @TestFactory
    Stream<DynamicTest> everyObjective_passesCheckAndItsScenarios() {
        return zoo().stream()
                .map(objective -> DynamicTest.dynamicTest(objective.name(), () -> {
                    checkAndTest(ObjectiveSet.of(objective), objective.name());
                }));
    }

    @Test
    void allTogether_passTheCheckInOneFile() throws IOException {
        check(new ObjectiveSet(zoo(), List.of(EventRule.never("no-leak", "leak"))), "all");
    }

    @Test
    void severalTogether_passTheirScenariosInOneFile() throws IOException {
        ObjectiveSet set = new ObjectiveSet(
                List.of(
                        objective("two-hours", 0.99)
                                .window(SloWindow.rolling(Duration.ofHours(2)))
                                .build(),
                        objective("hour", 0.99)
                                .window(SloWindow.rolling(Duration.ofHours(1)))
                                .build()),
                List.of(EventRule.never("no-leak", "leak")));
        checkAndTest(set, "several");
    }

    private static final Instant EXCLUDED_FROM = Instant.ofEpochSecond(3_600);

    @Test
    void excluded_time_counts_in_no_window_fires_nothing_and_is_not_missing() throws IOException {
        Exclusion outage =
                Exclusion.ofAll(EXCLUDED_FROM, EXCLUDED_FROM.plusSeconds(1_800), "ana", "the index was moved");
        ObjectiveSet set = new ObjectiveSet(
                List.of(objective("hour", 0.99)
                        .window(SloWindow.rolling(Duration.ofHours(1)))
                        .build()),
                List.of(),
                List.of(),
                List.of(outage));
        check(set, "excluded");
        promtool("""
                rule_files: [excluded.rules.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - {series: 'llm_slo_events_total{slo="hour",verdict="good"}', values: 0+100x60 6000x30 6100+100x60}
                      - {series: 'llm_slo_events_total{slo="hour",verdict="bad"}', values: 0x60 100+100x29 3000x61}
                    promql_expr_test:
                      - {expr: 'count(ALERTS{slo="hour",alertname="LlmSloBurn"}) or vector(0)', eval_time: 75m, exp_samples: [{labels: '{}', value: 0}]}
                      - {expr: 'count(ALERTS{slo="hour",alertname="LlmSloBurn"}) or vector(0)', eval_time: 95m, exp_samples: [{labels: '{}', value: 0}]}
                      - {expr: 'llm_slo:excluded', eval_time: 75m, exp_samples: [{labels: 'llm_slo:excluded{slo="hour"}', value: 1}]}
                      - {expr: 'llm_slo:excluded', eval_time: 91m, exp_samples: []}
                      - {expr: 'llm_slo:error_ratio:1h', eval_time: 110m, exp_samples: [{labels: 'llm_slo:error_ratio:1h{slo="hour"}', value: 0}]}
                      - {expr: 'llm_slo:events:rate5m', eval_time: 75m, exp_samples: []}
                """);
    }

    @Test
    void an_exclusion_of_a_running_engine_holds_alerts_back() throws IOException {
        check(ObjectiveSet.of(objective("hour", 0.99).build()), "running");
        promtool("""
                rule_files: [running.rules.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - {series: 'llm_slo_events_total{slo="hour",verdict="good"}', values: 0x120}
                      - {series: 'llm_slo_events_total{slo="hour",verdict="bad"}', values: 0+100x120}
                      - {series: 'llm_slo_excluded{slo="hour"}', values: 1x60 0x60}
                    promql_expr_test:
                      - {expr: 'count(ALERTS{alertname="LlmSloBurn"}) or vector(0)', eval_time: 60m, exp_samples: [{labels: '{}', value: 0}]}
                      - {expr: 'count(ALERTS{alertname="LlmSloBurn", severity="page"}) > bool 0', eval_time: 90m, exp_samples: [{labels: '{}', value: 1}]}
                """);
    }

    @Test
    void composites_are_recorded_from_their_members() throws IOException {
        List<Objective> members = List.of(
                objective("a", 0.9)
                        .window(SloWindow.rolling(Duration.ofHours(1)))
                        .build(),
                objective("b", 0.5)
                        .window(SloWindow.rolling(Duration.ofHours(1)))
                        .build());
        List<CompositeObjective> composites = List.of(
                CompositeObjective.ofEvents("pooled", "a", "b"),
                CompositeObjective.ofTimeSlices("sliced", new BigDecimal("0.5"), "a", "b"));
        check(new ObjectiveSet(members, List.of(), composites, List.of()), "composites");
        // a: 20 of 100 bad in every minute, so that every slice is bad; b: 10 of 100, within its budget.
        promtool("""
                rule_files: [composites.rules.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - {series: 'llm_slo_events_total{slo="a",verdict="good"}', values: 0+80x200}
                      - {series: 'llm_slo_events_total{slo="a",verdict="bad"}', values: 0+20x200}
                      - {series: 'llm_slo_events_total{slo="b",verdict="good"}', values: 0+90x200}
                      - {series: 'llm_slo_events_total{slo="b",verdict="bad"}', values: 0+10x200}
                    promql_expr_test:
                      - {expr: 'round(llm_slo:budget_remaining:1h{slo="pooled"}, 0.01)', eval_time: 180m, exp_samples: [{labels: '{slo="pooled"}', value: 0.5}]}
                      - {expr: 'llm_slo:attained:1h', eval_time: 180m, exp_samples: [{labels: 'llm_slo:attained:1h{slo="pooled"}', value: 0}, {labels: 'llm_slo:attained:1h{slo="sliced"}', value: 0}]}
                      - {expr: 'llm_slo:budget_remaining:1h{slo="sliced"}', eval_time: 180m, exp_samples: [{labels: 'llm_slo:budget_remaining:1h{slo="sliced"}', value: -1}]}
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1e+00"})
    void an_edge_matches_as_clients_and_prometheus_3_spell_it(String edge) throws IOException {
        Objective whole = objective("edge", 0.5)
                .source(new MetricSource.ClassicHistogram("http_seconds", "", 1, List.of()))
                .build();
        check(ObjectiveSet.of(whole), "edge");
        promtool("""
                rule_files: [edge.rules.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - {series: 'http_seconds_bucket{le="%s"}', values: 0+75x30}
                      - {series: 'http_seconds_bucket{le="+Inf"}', values: 0+100x30}
                      - {series: 'http_seconds_count', values: 0+100x30}
                    promql_expr_test:
                      - {expr: 'round(llm_slo:error_ratio:rate5m, 0.001)', eval_time: 20m, exp_samples: [{labels: '{slo="edge"}', value: 0.25}]}
                """.formatted(edge));
    }

    private void promtool(String tests) throws IOException {
        Path file = folder.resolve("own.test.yml");
        Files.writeString(file, tests);
        assertThat(Tools.run(folder, Tools.ofPrometheus("promtool"), "test", "rules", file.toString()))
                .contains("SUCCESS");
    }

    private Path check(ObjectiveSet set, String name) throws IOException {
        Path rules = folder.resolve(name + ".rules.yml");
        Files.writeString(rules, PrometheusRules.yaml(set));
        Tools.checkRules(folder, rules);
        return rules;
    }

    private void checkAndTest(ObjectiveSet set, String name) throws IOException {
        Path rules = check(set, name);
        String scenarios = RuleScenarios.yaml(set, rules.getFileName().toString());
        if (!scenarios.contains("tests: []")) {
            Path tests = folder.resolve(name + ".test.yml");
            Files.writeString(tests, scenarios);
            assertThat(Tools.run(folder, Tools.ofPrometheus("promtool"), "test", "rules", tests.toString()))
                    .contains("SUCCESS");
        }
    }

    @Test
    void slothNames_passTheCheck() throws IOException {
        for (Objective objective : zoo()) {
            boolean expressible = objective.groupBy().isEmpty() && objective.window() instanceof SloWindow.Rolling;
            if (expressible) {
                Path rules = folder.resolve(objective.name() + ".sloth.yml");
                Files.writeString(rules, PrometheusRules.slothYaml(ObjectiveSet.of(objective), SlothNaming.DEFAULT));
                Tools.checkRules(folder, rules);
            }
        }
    }

    @Test
    void slothSpecs_passTheCheck() throws IOException {
        try (Stream<Path> files = Files.list(Cases.folder().resolve("sloth"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".spec.yml")).toList()) {
                SlothSpec spec = SlothSpec.read(Files.readString(file), Map.of());
                Path rules = folder.resolve("sloth.yml");
                Files.writeString(rules, PrometheusRules.slothYaml(spec.objectives(), spec.naming()));
                Tools.checkRules(folder, rules);
            }
        }
    }

    @Test
    void alertmanagerExample_passesTheCheck_andPagesSilenceTickets() throws IOException {
        ObjectiveSet set = new ObjectiveSet(zoo(), List.of(EventRule.never("no-leak", "leak")));
        Path config = folder.resolve("alertmanager.yml");
        Files.writeString(config, AlertmanagerExample.yaml(set, "http://127.0.0.1:9095/alerts"));
        assertThat(Tools.run(folder, "amtool", "check-config", config.toString()))
                .contains("SUCCESS");
        String route = Tools.run(
                folder, "amtool", "config", "routes", "test", "--config.file=" + config, "severity=page", "slo=x");
        assertThat(route.lines().reduce((first, last) -> last)).contains("page");
    }
}
