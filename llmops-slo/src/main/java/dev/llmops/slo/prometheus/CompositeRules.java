package dev.llmops.slo.prometheus;

import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.prometheus.internal.EventQueries;
import dev.llmops.slo.prometheus.internal.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of one composite, from what is recorded for its members. Time slices overlap here, one a minute over the last
 * five, where the engine's lie side by side.
 */
final class CompositeRules {

    private final CompositeObjective composite;
    private final List<Objective> members;
    private final List<Rule> rules = new ArrayList<>();

    private CompositeRules(CompositeObjective composite, ObjectiveSet set) {
        this.composite = composite;
        members = composite.members().stream()
                .flatMap(name -> set.objectives().stream()
                        .filter(objective -> objective.name().equals(name)))
                .toList();
    }

    static RuleGroup group(CompositeObjective composite, ObjectiveSet set) {
        CompositeRules generator = new CompositeRules(composite, set);
        ExcludedTime excluded = new ExcludedTime(composite.name(), Exclusion.of(set.exclusions(), composite.name()));
        generator.record(ExcludedTime.SERIES, excluded.expression());
        generator.recordSlices(excluded);
        if (generator.members.get(0).window() instanceof SloWindow.Rolling rolling) {
            generator.recordPeriod(Durations.format(rolling.length()));
        }
        return new RuleGroup("llm-slo-" + composite.name(), Durations.format(ObjectiveRules.INTERVAL), generator.rules);
    }

    private void recordSlices(ExcludedTime excluded) {
        if (composite.sliceTarget().isPresent()) {
            String missed = each(member -> recorded("error_ratio:rate5m", member) + " > bool " + budget(member));
            record("llm_slo:slice:bad", "max(" + missed + ")\nunless on() " + excluded.now());
        }
    }

    private void recordPeriod(String period) {
        String kept = each(member -> recorded("error_ratio:" + period, member) + " <= bool " + budget(member));
        record(
                "llm_slo:attained:" + period,
                "min(" + kept + ")\nand on() (count(" + kept + ") == " + members.size() + ")");
        record("llm_slo:budget_remaining:" + period, remaining(period));
    }

    private String remaining(String period) {
        if (composite.sliceTarget().isPresent()) {
            BigDecimal budget = BigDecimal.ONE.subtract(composite.sliceTarget().get());
            return "1 - avg_over_time(llm_slo:slice:bad{" + EventQueries.slo(composite.name()) + "}[" + period + "]) / "
                    + Numbers.shortest(budget.doubleValue());
        }
        String spent = each(member -> "sum_over_time(" + recorded("bad:rate5m", member) + "[" + period + "])");
        String allowed = each(member ->
                "sum_over_time(" + recorded("events:rate5m", member) + "[" + period + "]) * " + budget(member));
        return "1 - sum(" + spent + ") / (sum(" + allowed + ") > 0)";
    }

    private String each(Function<Objective, String> expression) {
        return members.stream().map(expression).collect(Collectors.joining("\nor "));
    }

    private static String recorded(String name, Objective member) {
        return "llm_slo:" + name + "{" + EventQueries.slo(member.name()) + "}";
    }

    private static String budget(Objective member) {
        return Numbers.shortest(member.budget().ratio().doubleValue());
    }

    private void record(String name, String expression) {
        rules.add(Rule.record(name, expression, Map.of("slo", composite.name())));
    }
}
