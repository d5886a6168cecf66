package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.CallFilter;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.LowTrafficGuard;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

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
                        .withGuard(LowTrafficGuard.NONE))
                .build());
        zoo.add(objective("silent", 0.99).alerts(AlertPolicy.NONE).build());
        zoo.add(objective("scores", 0.95)
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
                List.of(objective("week", 0.99).build(), objective("low", 0.95).build()),
                List.of(EventRule.never("no-leak", "leak")));
        checkAndTest(set, "several");
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
            assertThat(Tools.run(folder, "promtool", "test", "rules", tests.toString()))
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
