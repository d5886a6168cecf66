package dev.llmops.slo.openslo;

import dev.llmops.slo.Durations;
import dev.llmops.slo.internal.ConfigNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns OpenSLO's burn-rate conditions, which have one window, into tiers, which have two: the short window is the usual
 * twelfth of the condition's.
 */
final class AlertConversion {

    private static final int SHORT_WINDOWS_IN_LONG = 12;

    private final Map<String, ConfigNode> policies;
    private final Map<String, ConfigNode> conditions;
    private final Losses losses;

    AlertConversion(Map<String, ConfigNode> policies, Map<String, ConfigNode> conditions, Losses losses) {
        this.policies = policies;
        this.conditions = conditions;
        this.losses = losses;
    }

    /** The tiers of an SLO's policies, in the module's own format; empty where none could be made. */
    List<Map<String, Object>> tiers(ConfigNode spec) {
        List<Map<String, Object>> tiers = new ArrayList<>();
        for (ConfigNode use : spec.get("alertPolicies").elements()) {
            ConfigNode policy = resolve(use, "alertPolicyRef", policies, "AlertPolicy");
            for (ConfigNode condition : policy.get("conditions").elements()) {
                tier(resolve(condition, "conditionRef", conditions, "AlertCondition"), tiers);
            }
            if (!policy.get("notificationTargets").isEmpty()) {
                losses.leftOut(
                        use,
                        "its notification targets are not carried over; route by the label severity in Alertmanager");
            }
        }
        return tiers;
    }

    private ConfigNode resolve(ConfigNode use, String reference, Map<String, ConfigNode> known, String kind) {
        if (!use.has(reference)) {
            return use.get("spec");
        }
        ConfigNode found = known.get(use.get(reference).text());
        if (found == null) {
            losses.leftOut(use.get(reference), "it names no " + kind + " of these documents — add it to them");
            return use.get("spec");
        }
        return found;
    }

    private void tier(ConfigNode spec, List<Map<String, Object>> tiers) {
        ConfigNode condition = spec.get("condition");
        if (!condition.isPresent()) {
            return;
        }
        Duration window = OpenSloDuration.parse(condition.get("lookbackWindow").text());
        Duration shortWindow = Duration.ofMinutes(Math.max(1, window.toMinutes() / SHORT_WINDOWS_IN_LONG));
        String operator = condition.get("op").text();
        if (!operator.startsWith("gt") || shortWindow.equals(window)) {
            losses.leftOut(
                    condition,
                    "a tier fires over a factor and has a window of 2m or more; this condition becomes none");
            return;
        }
        Map<String, Object> tier = new LinkedHashMap<>();
        tier.put("severity", spec.get("severity").text());
        tier.put("long", Durations.format(window));
        tier.put("short", Durations.format(shortWindow));
        tier.put("factor", condition.get("threshold").text());
        tiers.add(tier);
        losses.leftOut(
                condition,
                "its one window became two, " + Durations.format(window) + " and " + Durations.format(shortWindow)
                        + (operator.equals("gte") ? ", and gte became gt" : "")
                        + (condition.get("alertAfter").isEmpty() ? "" : ", and alertAfter is not carried over"));
    }
}
