package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.engine.Cases;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import dev.llmops.slo.prometheus.internal.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class SlothRulesTest {

    @TestFactory
    Stream<DynamicTest> rulesAreThoseThatSlothGenerates() throws IOException {
        List<Path> specs;
        try (Stream<Path> files = Files.list(Cases.folder().resolve("sloth"))) {
            specs = files.filter(file -> file.toString().endsWith(".spec.yml")).toList();
        }
        return specs.stream()
                .map(spec -> DynamicTest.dynamicTest(spec.getFileName().toString(), () -> assertSameRules(spec)));
    }

    private static void assertSameRules(Path specFile) throws IOException {
        Path rulesFile =
                specFile.resolveSibling(specFile.getFileName().toString().replace(".spec.", ".rules."));
        JsonNode expected = Yaml.readAll(Files.readString(rulesFile)).get(0);
        // The published rules were generated with one label from the command line.
        SlothSpec spec = SlothSpec.read(Files.readString(specFile), Map.of("cmd", "examplesgen.sh"));
        JsonNode actual = Yaml.readAll(PrometheusRules.slothYaml(spec.objectives(), spec.naming()))
                .get(0);
        assertThat(normalised(actual)).isEqualTo(normalised(expected));
    }

    private static List<Map<String, Object>> normalised(JsonNode file) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (JsonNode group : file.get("groups").values()) {
            for (JsonNode rule : group.get("rules").values()) {
                Map<String, Object> flat = new LinkedHashMap<>();
                flat.put("group", group.get("name").asString());
                flat.put("record", rule.path("record").asString(""));
                flat.put("alert", rule.path("alert").asString(""));
                flat.put(
                        "expr",
                        rule.get("expr").asString().replaceAll("\\s+", " ").strip());
                flat.put("labels", texts(rule.path("labels")));
                flat.put("annotations", texts(rule.path("annotations")));
                rules.add(flat);
            }
        }
        return rules;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(entry ->
                        texts.put(entry.getKey(), entry.getValue().asString().replaceAll("\\s+", " ")));
        return texts;
    }

    @Test
    void whatSlothCannotSay_isRefusedAllAtOnce() {
        Objective objective = Objective.builder("grouped")
                .indicator(Indicator.availability())
                .target(0.99)
                .groupBy(Dimension.MODEL)
                .window(SloWindow.calendarMonth(ZoneOffset.UTC))
                .build();
        ObjectiveSet set = new ObjectiveSet(List.of(objective), List.of(EventRule.never("no-leak", "leak")));
        assertThatThrownBy(() -> PrometheusRules.slothYaml(set, SlothNaming.DEFAULT))
                .hasMessageContaining("groupBy is set — none")
                .hasMessageContaining("window is a calendar's — a rolling one")
                .hasMessageContaining("service is missing — a name")
                .hasMessageContaining("no-leak: Sloth has no event rules");
    }

    @Test
    void doubles_arePrintedAsSlothPrintsThem() {
        assertThat(Numbers.shortest(0.0144)).isEqualTo("0.0144");
        assertThat(Numbers.shortest(14.4)).isEqualTo("14.4");
        assertThat(Numbers.shortest(6)).isEqualTo("6");
        assertThat(Numbers.shortest(100)).isEqualTo("100");
        assertThat(Numbers.shortest((100 - 99.9) / 100)).isEqualTo("0.0009999999999999432");
        assertThat(Numbers.shortest((100 - 99.99) / 100)).isEqualTo("0.00010000000000005117");
        assertThat(Numbers.shortest(0.00001)).isEqualTo("1e-05");
        assertThat(Numbers.shortest(0.05 * 672 / 6)).isEqualTo("5.6000000000000005");
    }

    @TestFactory
    Stream<DynamicTest> publishedDoubles_arePrinted() {
        return Cases.json("burn-rate-anchors.json").get("slothDoubles").get("budgets").values().stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    double percent = row.get("objective").asDouble();
                    assertThat(Numbers.shortest((100 - percent) / 100))
                            .isEqualTo(row.get("budget").asString());
                    assertThat(Numbers.shortest(percent / 100))
                            .isEqualTo(row.get("objectiveRatio").asString());
                }));
    }

    @TestFactory
    Stream<DynamicTest> publishedFactors_arePrinted() {
        return Cases.json("burn-rate-anchors.json").get("slothDoubles").get("factors").values().stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    int days = row.get("period").asInt();
                    String rules = PrometheusRules.slothYaml(
                            ObjectiveSet.of(catalogue(Duration.ofDays(days))), SlothNaming.DEFAULT);
                    for (JsonNode factor : row.get("factors").values()) {
                        assertThat(rules).contains(" > (" + factor.asString().replaceFirst("\\.0$", "") + " * ");
                    }
                }));
    }

    /** An objective with the windows that Sloth has for a period. */
    private static Objective catalogue(Duration period) throws IOException {
        Path file = Cases.folder().resolve("sloth/windows-" + period.toDays() + "d.yml");
        JsonNode spec = Yaml.readAll(Files.readString(file)).get(0).get("spec");
        List<AlertTier> tiers = new ArrayList<>();
        for (String severity : List.of("page", "ticket")) {
            for (JsonNode row : spec.get(severity).values()) {
                tiers.add(AlertTier.ofBudgetFraction(
                        severity,
                        Durations.parse(row.get("longWindow").asString()),
                        Durations.parse(row.get("shortWindow").asString()),
                        row.get("errorBudgetPercent").decimalValue().movePointLeft(2),
                        period));
            }
        }
        return Objective.builder("catalogue")
                .service("web")
                .indicator(Indicator.availability())
                .target(0.999)
                .window(SloWindow.rolling(period))
                .alerts(new AlertPolicy(tiers, AlertPolicy.Guard.STANDARD))
                .build();
    }
}
