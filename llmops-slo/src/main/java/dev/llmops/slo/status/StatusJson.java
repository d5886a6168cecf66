package dev.llmops.slo.status;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.internal.Yaml;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of statuses, for endpoints, webhooks and reports: {@code view}, {@code objectives} with name, group,
 * indicator, target, window, status, coverage, events, bad_events, error_ratio and its bounds, budget_remaining,
 * seconds_to_exhaustion, burn_rates by window, alerts, at, view, replicas, exclusions, notes and reason;
 * {@code composites} with name, members, status, budgeting, slices and budget_remaining; {@code event_rules} likewise. A figure that is unknown is null, and never 0. Windows are written as {@link Durations} writes them.
 *
 * @since 0.1.0
 */
public final class StatusJson {

    private StatusJson() {}

    /**
     * Writes statuses of one view.
     *
     * @param statuses statuses of objectives, composites and event rules
     * @return JSON on one line
     */
    public static String write(Collection<? extends Status> statuses) {
        return Yaml.writeJson(view(statuses));
    }

    /**
     * Writes the statuses of a fleet, with those of the answering instance under {@code instance}.
     *
     * @param fleet statuses over the fleet
     * @param own statuses on this instance
     * @return JSON on one line
     */
    public static String write(Collection<? extends Status> fleet, Collection<? extends Status> own) {
        Map<String, @Nullable Object> json = view(fleet);
        json.put("instance", view(own));
        return Yaml.writeJson(json);
    }

    private static Map<String, @Nullable Object> view(Collection<? extends Status> statuses) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        boolean fleet = statuses.stream().anyMatch(status -> status.view() == Measurement.View.FLEET);
        json.put("view", (fleet ? Measurement.View.FLEET : Measurement.View.INSTANCE).name());
        json.put("objectives", only(SloStatus.class, statuses));
        json.put("composites", only(CompositeStatus.class, statuses));
        json.put("event_rules", only(EventRuleStatus.class, statuses));
        return json;
    }

    private static List<Map<String, @Nullable Object>> only(
            Class<? extends Status> kind, Collection<? extends Status> statuses) {
        return statuses.stream().filter(kind::isInstance).map(StatusJson::toMap).toList();
    }

    /**
     * Returns one status as the mapping that {@link #write(Collection)} writes, to be put into a larger document.
     *
     * @param status the status
     * @return maps, lists, texts, numbers and nulls
     */
    public static Map<String, @Nullable Object> toMap(Status status) {
        if (status instanceof SloStatus objective) {
            return objective(objective);
        }
        return status instanceof CompositeStatus composite ? composite(composite) : eventRule((EventRuleStatus) status);
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
        json.put(
                "exclusions",
                status.exclusions().stream().map(StatusJson::exclusion).toList());
        json.put("notes", status.notes());
        json.put("reason", status.reason());
        return json;
    }

    private static Map<String, Object> exclusion(Exclusion exclusion) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", exclusion.from().toString());
        json.put("to", exclusion.to().toString());
        json.put("by", exclusion.by());
        json.put("reason", exclusion.reason());
        return json;
    }

    private static Map<String, @Nullable Object> composite(CompositeStatus status) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", status.composite().name());
        json.put("members", status.composite().members());
        json.put("status", status.state().name());
        json.put("budgeting", status.composite().sliceTarget().isPresent() ? "time_slices" : "events");
        json.put("slice_target", status.composite().sliceTargetOrNull());
        json.put("slices", status.slices().isEmpty() ? null : status.slices().total());
        json.put(
                "bad_slices", status.slices().isEmpty() ? null : status.slices().bad());
        json.put("budget_remaining", orNull(status.budgetRemaining()));
        json.put("at", status.at().toString());
        json.put("view", status.view().name());
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
