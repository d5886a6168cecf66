package dev.llmops.slo.prometheus;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Durations;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.Lint;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.prometheus.internal.EventQueries;
import dev.llmops.slo.prometheus.internal.Numbers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An objective in Sloth's words. Its doubles are Sloth's too: it computes in binary what is decimal elsewhere here. */
final class SlothRules {

    private static final String JOIN = "/ on(sloth_id, sloth_slo, sloth_service) group_left\n";

    private final Objective objective;
    private final SlothNaming naming;
    private final String id;
    private final String selector;
    private final String period;
    private final double percent;

    SlothRules(Objective objective, SlothNaming naming) {
        this.objective = objective;
        this.naming = naming;
        id = objective.service() + "-" + objective.name();
        selector = "{sloth_id=\"" + id + "\", sloth_service=\"" + objective.service() + "\", sloth_slo=\""
                + objective.name() + "\"}";
        period = Durations.format(objective.window().nominalLength());
        percent = objective.target().movePointRight(2).doubleValue();
    }

    static void requireExpressible(ObjectiveSet set) {
        List<String> problems = new ArrayList<>(Lint.check(set).stream()
                .filter(finding -> finding.code().isError())
                .map(Lint.Finding::toString)
                .toList());
        set.eventRules().forEach(rule -> problems.add(rule.name() + ": Sloth has no event rules"));
        for (Objective objective : set.objectives()) {
            if (!objective.groupBy().isEmpty()) {
                problems.add(objective.name() + ": groupBy is set — none, since Sloth does not group — leave it out");
            }
            if (!(objective.window() instanceof SloWindow.Rolling)) {
                problems.add(
                        objective.name()
                                + ": window is a calendar's — a rolling one, since Sloth has no calendars — pass SloWindow.rolling");
            }
            if (objective.service().isEmpty()) {
                problems.add(
                        objective.name() + ": service is missing — a name, since Sloth's ids begin with it — set it");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidObjectivesException(problems);
        }
    }

    List<RuleGroup> groups() {
        List<RuleGroup> groups = new ArrayList<>();
        groups.add(new RuleGroup("sloth-slo-sli-recordings-" + id, "", ratios()));
        groups.add(new RuleGroup("sloth-slo-meta-recordings-" + id, "", meta()));
        List<Rule> alerts =
                ObjectiveRules.severities(objective).stream().map(this::alert).toList();
        if (!alerts.isEmpty()) {
            groups.add(new RuleGroup("sloth-slo-alerts-" + id, "", alerts));
        }
        return groups;
    }

    private List<Rule> ratios() {
        List<Rule> rules = new ArrayList<>();
        for (Duration window : windows()) {
            String range = Durations.format(window);
            rules.add(Rule.record("slo:sli_error:ratio_rate" + range, ratio(range), labels(range)));
        }
        String base = "slo:sli_error:ratio_rate5m" + selector + "[" + period + "]";
        rules.add(Rule.record(
                "slo:sli_error:ratio_rate" + period,
                "sum_over_time(" + base + ")\n/ ignoring (sloth_window)\ncount_over_time(" + base + ")\n",
                labels(period)));
        return rules;
    }

    /** Sloth records its windows whether or not anything alerts on them. */
    private Set<Duration> windows() {
        AlertPolicy policy = objective.alerts().tiers().isEmpty()
                ? AlertPolicy.derived(new BigDecimal("0.999"), objective.window())
                : objective.alerts();
        Set<Duration> windows = new TreeSet<>(List.of(Duration.ofMinutes(5)));
        for (AlertTier tier : policy.tiers()) {
            windows.add(tier.longWindow());
            windows.add(tier.shortWindow());
        }
        return windows;
    }

    private String ratio(String range) {
        String total = EventQueries.total(objective, range);
        if (objective.source() instanceof MetricSource.Queries queries) {
            String events = queries.events().replace(MetricSource.WINDOW, range);
            if (!queries.bad()) {
                return "(\n  1 - (\n    (\n      " + events + "\n    )\n    /\n    (\n      " + total
                        + "\n    )\n  )\n)";
            }
            return "(" + events + ")\n/\n(" + total + ")\n";
        }
        return "(" + EventQueries.bad(objective, range) + ")\n/\n(" + total + ")\n";
    }

    private List<Rule> meta() {
        String objectiveRatio = Numbers.shortest(percent / 100);
        Map<String, String> labels = labels("");
        String budget = "slo:error_budget:ratio" + selector + "\n";
        Map<String, String> info = new TreeMap<>(labels);
        info.put("sloth_mode", naming.mode());
        info.put("sloth_objective", Numbers.shortest(percent));
        info.put("sloth_spec", naming.spec());
        info.put("sloth_version", naming.version());
        return List.of(
                Rule.record("slo:objective:ratio", "vector(" + objectiveRatio + ")", labels),
                Rule.record("slo:error_budget:ratio", "vector(1-" + objectiveRatio + ")", labels),
                Rule.record(
                        "slo:time_period:days",
                        "vector("
                                + Numbers.shortest(
                                        objective.window().nominalLength().toHours() / 24.0) + ")",
                        labels),
                Rule.record(
                        "slo:current_burn_rate:ratio",
                        "slo:sli_error:ratio_rate5m" + selector + "\n" + JOIN + budget,
                        labels),
                Rule.record(
                        "slo:period_burn_rate:ratio",
                        "slo:sli_error:ratio_rate" + period + selector + "\n" + JOIN + budget,
                        labels),
                Rule.record(
                        "slo:period_error_budget_remaining:ratio", "1 - slo:period_burn_rate:ratio" + selector, labels),
                Rule.record("sloth_slo_info", "vector(1)", info));
    }

    private Rule alert(String severity) {
        String expression = objective.alerts().tiers().stream()
                .filter(tier -> tier.severity().equals(severity))
                .map(this::tier)
                .collect(Collectors.joining("or\n"));
        Map<String, String> labels = new TreeMap<>(naming.alertLabels());
        labels.put("sloth_severity", severity);
        labels.putAll(naming.severityLabels().getOrDefault(severity, Map.of()));
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(
                "summary",
                "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is over expected.");
        annotations.put(
                "title",
                "(" + severity + ") {{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is too"
                        + " fast.");
        objective
                .annotations()
                .forEach((key, text) ->
                        annotations.put(ObjectiveRules.annotationName(key), ObjectiveRules.escaped(text)));
        return Rule.alert(naming.alertName(), expression, "", labels, annotations);
    }

    private String tier(AlertTier tier) {
        String line = " > (" + Numbers.shortest(factor(tier)) + " * " + Numbers.shortest((100 - percent) / 100)
                + ")) without (sloth_window)\n";
        return "(\n    max(slo:sli_error:ratio_rate" + Durations.format(tier.shortWindow()) + selector + line
                + "    and\n    max(slo:sli_error:ratio_rate" + Durations.format(tier.longWindow()) + selector + line
                + ")\n";
    }

    /** The factor as Sloth's binary arithmetic has it: percent ÷ 100 × period ÷ long window. */
    private double factor(AlertTier tier) {
        double budgetPercent =
                objective.budget().budgetFraction(tier).movePointRight(2).doubleValue();
        double hours = objective.window().nominalLength().toMinutes() / 60.0;
        return budgetPercent / 100 * hours / (tier.longWindow().toMinutes() / 60.0);
    }

    private Map<String, String> labels(String window) {
        Map<String, String> labels = new LinkedHashMap<>(new TreeMap<>(objective.labels()));
        labels.putAll(naming.extraLabels());
        labels.put("sloth_id", id);
        labels.put("sloth_service", objective.service());
        labels.put("sloth_slo", objective.name());
        if (!window.isEmpty()) {
            labels.put("sloth_window", window);
        }
        return labels;
    }
}
