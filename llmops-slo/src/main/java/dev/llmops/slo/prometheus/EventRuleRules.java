package dev.llmops.slo.prometheus;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Durations;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.prometheus.internal.EventQueries;
import java.util.List;
import java.util.Map;

/** The rules of one event rule: any forbidden event fires, and absence is told apart. */
final class EventRuleRules {

    static final String ALERT = "LlmForbiddenEvent";

    private EventRuleRules() {}

    static RuleGroup group(EventRule rule) {
        String window = Durations.format(rule.window());
        String description = rule.description().isEmpty() ? "" : " " + ObjectiveRules.escaped(rule.description());
        Rule broken = Rule.alert(
                ALERT,
                EventQueries.broken(rule, window) + " > 0",
                "",
                Map.of("severity", rule.severity(), "slo", rule.name()),
                Map.of(
                        "summary",
                        rule.name() + " was broken",
                        "description",
                        "At least one forbidden event in the last " + window + "." + description));
        Rule absent = Rule.alert(
                ObjectiveRules.NO_DATA_ALERT,
                "absent(" + EventQueries.presence(rule.name()) + ")",
                ObjectiveRules.NO_DATA_FOR,
                Map.of("severity", AlertTier.TICKET, "slo", rule.name()),
                Map.of(
                        "summary",
                        "No series for " + rule.name(),
                        "description",
                        "Its counter has been absent for " + ObjectiveRules.NO_DATA_FOR
                                + ", and silence is not health."));
        return new RuleGroup(
                "llm-slo-" + rule.name(), Durations.format(ObjectiveRules.INTERVAL), List.of(broken, absent));
    }
}
