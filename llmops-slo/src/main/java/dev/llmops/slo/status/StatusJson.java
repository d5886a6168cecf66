package dev.llmops.slo.status;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.SloView;
import dev.llmops.slo.internal.Yaml;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of statuses, for endpoints, webhooks and reports: {@code view}, {@code objectives} with name, group,
 * indicator, target, window, status, coverage, events, bad_events, error_ratio and its bounds, budget_remaining,
 * seconds_to_exhaustion, burn_rates by window, alerts, at, view, replicas, notes and reason; {@code event_rules}
 * likewise. A figure that is unknown is null, and never 0. Windows are written as {@link Durations} writes them.
 *
 * @since 0.1.0
 */
public final class StatusJson {

    private StatusJson() {}

    /**
     * Writes statuses of one view.
     *
     * @param statuses statuses of objectives
     * @param eventRules statuses of event rules
     * @return JSON on one line
     */
    public static String write(List<SloStatus> statuses, List<EventRuleStatus> eventRules) {
        return Yaml.writeJson(view(statuses, eventRules));
    }

    /**
     * Writes the statuses of a fleet, with those of the answering instance under {@code instance}.
     *
     * @param statuses statuses of objectives over the fleet
     * @param eventRules statuses of event rules over the fleet
     * @param ownStatuses statuses of objectives on this instance
     * @param ownEventRules statuses of event rules on this instance
     * @return JSON on one line
     */
    public static String write(
            List<SloStatus> statuses,
            List<EventRuleStatus> eventRules,
            List<SloStatus> ownStatuses,
            List<EventRuleStatus> ownEventRules) {
        Map<String, @Nullable Object> json = view(statuses, eventRules);
        json.put("instance", view(ownStatuses, ownEventRules));
        return Yaml.writeJson(json);
    }

    private static Map<String, @Nullable Object> view(List<SloStatus> statuses, List<EventRuleStatus> eventRules) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        boolean fleet = statuses.stream().anyMatch(status -> status.view() == SloView.FLEET)
                || eventRules.stream().anyMatch(status -> status.view() == SloView.FLEET);
        json.put("view", (fleet ? SloView.FLEET : SloView.INSTANCE).name());
        json.put("objectives", statuses.stream().map(StatusJson::objective).toList());
        json.put("event_rules", eventRules.stream().map(StatusJson::eventRule).toList());
        return json;
    }

    /**
     * Returns one status as the mapping that {@link #write(List, List)} writes, to be put into a larger document.
     *
     * @param status the status of an objective or of an event rule
     * @return maps, lists, texts, numbers and nulls
     */
    public static Map<String, @Nullable Object> toMap(Status status) {
        return status instanceof SloStatus objective ? objective(objective) : eventRule((EventRuleStatus) status);
    }

    private static Map<String, @Nullable Object> objective(SloStatus status) {
        Objective objective = status.objective();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", objective.name());
        json.put("group", group(status.group()));
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
        json.put("replicas", replicas(status.replicas()));
        json.put("notes", status.notes());
        json.put("reason", status.reason());
        return json;
    }

    /**
     * Returns a group as JSON writes it.
     *
     * @param group values by dimension
     * @return values by label
     */
    public static Map<String, String> group(Map<Dimension, String> group) {
        Map<String, String> json = new LinkedHashMap<>();
        group.forEach((dimension, value) -> json.put(dimension.label(), value));
        return json;
    }

    private static Map<String, @Nullable Object> replicas(Replicas replicas) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        boolean counted = replicas.reporting() > 0 || replicas.known() > 0;
        json.put("reporting", counted ? replicas.reporting() : null);
        json.put("known", replicas.known() > 0 ? replicas.known() : null);
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

    private static Map<String, @Nullable Object> eventRule(EventRuleStatus status) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
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
