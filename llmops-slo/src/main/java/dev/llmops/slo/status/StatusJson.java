package dev.llmops.slo.status;

import dev.llmops.slo.Durations;
import dev.llmops.slo.Objective;
import dev.llmops.slo.internal.Yaml;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Statuses as JSON, for an endpoint or a report: {@code objectives} with name, group, indicator, target, window, status,
 * coverage, events, bad_events, error_ratio and its bounds, budget_remaining, seconds_to_exhaustion, burn_rates by
 * window, alerts, view, notes and reason; {@code event_rules} likewise. What is unknown is null, and never 0.
 *
 * @since 0.1.0
 */
public final class StatusJson {

    private StatusJson() {}

    /**
     * Writes statuses.
     *
     * @param statuses of objectives
     * @param eventRules of event rules
     * @return JSON on one line
     */
    public static String write(List<SloStatus> statuses, List<EventRuleStatus> eventRules) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("objectives", statuses.stream().map(StatusJson::objective).toList());
        json.put("event_rules", eventRules.stream().map(StatusJson::eventRule).toList());
        return Yaml.writeJson(json);
    }

    private static Map<String, @Nullable Object> objective(SloStatus status) {
        Objective objective = status.objective();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", objective.name());
        Map<String, String> group = new LinkedHashMap<>();
        status.group().forEach((dimension, value) -> group.put(dimension.label(), value));
        json.put("group", group);
        json.put("indicator", objective.indicator().describe());
        json.put("target", objective.target());
        json.put("window", objective.window().toString());
        json.put("status", status.state().name());
        json.put("coverage", status.coverage());
        json.put("events", status.counts().total());
        json.put("bad_events", status.counts().bad());
        json.put("error_ratio", orNull(status.errorRatio()));
        json.put("error_ratio_lower", orNull(status.errorRatioLowerBound()));
        json.put("error_ratio_upper", orNull(status.errorRatioUpperBound()));
        json.put("budget_remaining", orNull(status.budgetRemaining()));
        json.put(
                "seconds_to_exhaustion",
                status.timeToExhaustion().map(Duration::toSeconds).orElse(null));
        Map<String, @Nullable Object> burns = new LinkedHashMap<>();
        status.burnRates().forEach(burn -> burns.put(Durations.format(burn.window()), orNull(burn.burnRate())));
        json.put("burn_rates", burns);
        json.put("alerts", status.tiers().stream().map(StatusJson::tier).toList());
        json.put("at", status.at().toString());
        json.put("view", status.view().name());
        json.put("notes", status.notes());
        json.put("reason", status.reason());
        return json;
    }

    private static Map<String, Object> tier(TierVerdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", verdict.tier().severity());
        json.put("state", verdict.state().name());
        json.put("long", Durations.format(verdict.tier().longWindow()));
        json.put("short", Durations.format(verdict.tier().shortWindow()));
        json.put("factor", verdict.tier().factor());
        json.put("threshold", verdict.threshold());
        json.put("reason", verdict.reason());
        return json;
    }

    private static Map<String, Object> eventRule(EventRuleStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", status.rule().name());
        json.put("severity", status.rule().severity());
        json.put("window", Durations.format(status.rule().window()));
        json.put("state", status.state().name());
        json.put("events", status.events());
        json.put("calls", status.calls());
        json.put("at", status.at().toString());
        json.put("view", status.view().name());
        json.put("reason", status.reason());
        return json;
    }

    private static @Nullable Double orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }
}
