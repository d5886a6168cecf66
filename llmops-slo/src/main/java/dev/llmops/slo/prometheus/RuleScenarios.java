package dev.llmops.slo.prometheus;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import dev.llmops.slo.prometheus.internal.EventQueries;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Unit tests for generated rules, as {@code promtool test rules} runs them: healthy traffic, an hour of silence, a
 * single failure among few events, a full outage, and a target that is gone.
 */
final class RuleScenarios {

    private static final int PER_MINUTE = 100;
    private static final String EXAMPLE_GROUP = "example";

    private final Objective objective;
    private final List<Map<String, Object>> tests = new ArrayList<>();

    private RuleScenarios(Objective objective) {
        this.objective = objective;
    }

    /**
     * Generates tests for the rules of objectives over the engine's own counters; others are left out, because only
     * their owner knows their series.
     *
     * @param set the objectives the rules were generated from
     * @param ruleFile the path of the rules, as seen from the tests
     * @return YAML
     */
    static String yaml(ObjectiveSet set, String ruleFile) {
        List<Map<String, Object>> tests = new ArrayList<>();
        for (Objective objective : set.objectives()) {
            if (objective.source() instanceof MetricSource.SloCounters) {
                RuleScenarios scenarios = new RuleScenarios(objective);
                scenarios.write();
                tests.addAll(scenarios.tests);
            }
        }
        set.eventRules().forEach(rule -> tests.add(forbiddenEvent(rule)));
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("rule_files", List.of(ruleFile));
        file.put("evaluation_interval", Durations.format(ObjectiveRules.INTERVAL));
        file.put("tests", tests);
        return "# Generated from objectives by llmops-slo; run with: promtool test rules\n" + Yaml.write(file);
    }

    private void write() {
        healthy();
        silence();
        targetGone();
        objective.alerts().tiers().stream()
                .min(Comparator.comparing(AlertTier::longWindow))
                .ifPresent(fastest -> {
                    oneFailureAmongFew(fastest);
                    outage(fastest);
                });
    }

    private void healthy() {
        scenario(
                "healthy traffic",
                List.of(series("good", "0+" + PER_MINUTE + "x60"), series("bad", "0x60")),
                List.of(is("llm_slo:error_ratio:rate5m" + slo() + " == bool 0", "1h", 1), isEmpty(firing(""), "1h")));
    }

    private void silence() {
        scenario(
                "an hour of silence",
                List.of(series("good", "0+" + PER_MINUTE + "x30 " + 30 * PER_MINUTE + "x60"), series("bad", "0x90")),
                List.of(
                        isEmpty("llm_slo:error_ratio:rate5m" + slo(), "90m"),
                        is("llm_slo:bad:rate5m" + slo() + " == bool 0", "90m", 1),
                        isEmpty(firing(""), "90m")));
    }

    private void targetGone() {
        scenario(
                "the target is gone",
                List.of(series("good", "0+" + PER_MINUTE + "x10 stale"), series("bad", "0x10 stale")),
                List.of(is("count(" + firing(ObjectiveRules.NO_DATA_ALERT) + ")", "20m", 1)));
    }

    private void oneFailureAmongFew(AlertTier tier) {
        if (objective.alerts().guard().minimumBadEvents() < 2) {
            return;
        }
        long before = tier.longWindow().toMinutes();
        scenario(
                "one failure among few events",
                List.of(series("good", "0+1x" + before + " " + before + "x5"), series("bad", "0x" + before + " 1x5")),
                List.of(isEmpty(firing(ObjectiveRules.BURN_ALERT), before + 3 + "m")));
    }

    private void outage(AlertTier tier) {
        Duration crossing = objective.budget().timeToFire(tier, BigDecimal.ONE).orElseThrow();
        long before = tier.longWindow().toMinutes();
        // Two minutes more than it takes, for Prometheus 3, whose ranges hold one sample less.
        long after = crossing.toMinutes() + 3;
        long good = before * PER_MINUTE;
        String alert = "ALERTS{alertname=\"" + ObjectiveRules.BURN_ALERT + "\", alertstate=\"firing\", severity=\""
                + tier.severity() + "\", slo=\"" + objective.name() + "\"}";
        scenario(
                "a full outage",
                List.of(
                        series("good", "0+" + PER_MINUTE + "x" + before + " " + good + "x" + after),
                        series("bad", "0x" + before + " " + PER_MINUTE + "+" + PER_MINUTE + "x" + after)),
                List.of(isEmpty(firing(""), before + "m"), is("count(" + alert + ")", before + after + "m", 1)));
    }

    private static Map<String, Object> forbiddenEvent(EventRule rule) {
        String name = rule.name();
        String firing =
                "ALERTS{alertname=\"" + EventRuleRules.ALERT + "\", alertstate=\"firing\", slo=\"" + name + "\"}";
        return test(
                name + ": one forbidden event",
                List.of(
                        Map.of("series", counter(name, "good", Map.of()), "values", "0+10x20"),
                        Map.of("series", counter(name, "bad", Map.of()), "values", "0x10 1x10")),
                List.of(isEmpty(firing, "9m"), is("count(" + firing + ")", "12m", 1)));
    }

    private void scenario(String name, List<Map<String, Object>> input, List<Map<String, Object>> expectations) {
        tests.add(test(objective.name() + ": " + name, input, expectations));
    }

    private static Map<String, Object> test(
            String name, List<Map<String, Object>> input, List<Map<String, Object>> expectations) {
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("name", name);
        test.put("interval", Durations.format(ObjectiveRules.INTERVAL));
        test.put("input_series", input);
        test.put("promql_expr_test", expectations);
        return test;
    }

    private Map<String, Object> series(String verdict, String values) {
        Map<String, String> groups = new TreeMap<>();
        objective.groupBy().stream().map(Dimension::label).forEach(label -> groups.put(label, EXAMPLE_GROUP));
        return Map.of("series", counter(objective.name(), verdict, groups), "values", values);
    }

    private static String counter(String slo, String verdict, Map<String, String> groups) {
        StringBuilder labels = new StringBuilder("slo=\"" + slo + "\",verdict=\"" + verdict + "\"");
        groups.forEach((label, value) ->
                labels.append(',').append(label).append("=\"").append(value).append('"'));
        return EventQueries.COUNTER + "{" + labels + "}";
    }

    private String slo() {
        return "{" + EventQueries.slo(objective.name()) + "}";
    }

    private String firing(String alert) {
        String name = alert.isEmpty() ? "" : "alertname=\"" + alert + "\", ";
        return "ALERTS{" + name + "alertstate=\"firing\", slo=\"" + objective.name() + "\"}";
    }

    private static Map<String, Object> is(String expression, String at, int value) {
        // Labels differ from objective to objective; what counts is the value.
        return expectation("sum(" + expression + ")", at, List.of(Map.of("labels", "{}", "value", value)));
    }

    private static Map<String, Object> isEmpty(String expression, String at) {
        return expectation(expression, at, List.of());
    }

    private static Map<String, Object> expectation(String expression, String at, List<Map<String, Object>> samples) {
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("expr", expression);
        test.put("eval_time", at);
        test.put("exp_samples", samples);
        return test;
    }
}
