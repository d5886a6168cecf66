package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.function.Predicate;

/** The rules of OpenSLO v1 for an SLO. */
final class SloRules {

    /** The form of a calendar's start. */
    static final DateTimeFormatter START_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    private SloRules() {}

    static void check(ConfigNode spec) {
        MetadataRules.description(spec);
        Require.present(spec.get("service"));
        if (Require.present(spec.get("budgetingMethod"))) {
            Require.oneOf(spec.get("budgetingMethod"), "Occurrences", "Timeslices", "RatioTimeslices");
        }
        List<ConfigNode> objectives = spec.get("objectives").elements();
        if (objectives.isEmpty()) {
            spec.get("objectives")
                    .problem("slice_min_length", "is empty — at least one objective, to be a promise — add one");
        }
        boolean composite = objectives.stream().anyMatch(SloRules::hasIndicator);
        if (composite == hasIndicator(spec)) {
            spec.problem(
                    "mutually_exclusive",
                    "has " + (composite ? "both" : "neither")
                            + " of an indicator by itself and in its objectives — exactly one"
                            + " place for indicator or indicatorRef — " + (composite ? "remove one" : "add one"));
        } else if (composite) {
            objectives.forEach(SloRules::compositePart);
        } else {
            indicator(spec);
        }
        timeWindow(spec);
        spec.get("alertPolicies")
                .elements()
                .forEach(policy -> AlertRules.reference(policy, "alertPolicyRef", "AlertPolicy", AlertRules::policy));
        String method = spec.get("budgetingMethod").text();
        objectives.forEach(objective -> objective(objective, composite ? objective : spec, method));
    }

    static boolean hasIndicator(ConfigNode property) {
        return property.has("indicator") || property.has("indicatorRef");
    }

    private static void compositePart(ConfigNode objective) {
        indicator(objective);
        if (objective.has("compositeWeight")) {
            Require.above(objective.get("compositeWeight"), "0");
        }
    }

    private static void indicator(ConfigNode parent) {
        if (!parent.exclusive(true, "indicator", "indicatorRef")) {
            return;
        }
        if (parent.has("indicatorRef")) {
            Require.dnsLabel(parent.get("indicatorRef"));
            return;
        }
        MetadataRules.check(parent.get("indicator").get("metadata"));
        SliRules.check(parent.get("indicator").get("spec"));
    }

    private static void objective(ConfigNode objective, ConfigNode indicatorParent, String method) {
        ConfigNode sli = indicatorParent.get("indicator").get("spec");
        if (sli.has("thresholdMetric")) {
            Require.present(objective.get("op"));
            Require.present(objective.get("value"));
        }
        if (sli.has("ratioMetric") && objective.has("value")) {
            objective
                    .get("value")
                    .problem("forbidden", "is there beside a ratio metric — only with a threshold metric — remove it");
        }
        if (sli.has("ratioMetric") && objective.has("op")) {
            objective.get("op").warn("forbidden", "means nothing with a ratio metric, and is ignored");
        } else if (!objective.get("op").isEmpty()) {
            operator(objective.get("op"));
        }
        objective.exclusive(true, "target", "targetPercent");
        if (objective.has("target")) {
            Require.atLeastAndBelow(objective.get("target"), "0", "1");
        }
        if (objective.has("targetPercent")) {
            Require.atLeastAndBelow(objective.get("targetPercent"), "0", "100");
        }
        if (method.equals("Timeslices") && Require.present(objective.get("timeSliceTarget"))) {
            Require.above(objective.get("timeSliceTarget"), "0");
            Require.atMost(objective.get("timeSliceTarget"), "1");
        }
        if (method.equals("Timeslices") || method.equals("RatioTimeslices")) {
            OpenSloDuration.check(objective.get("timeSliceWindow"));
        }
    }

    private static void timeWindow(ConfigNode spec) {
        List<ConfigNode> windows = spec.get("timeWindow").elements();
        if (windows.size() != 1) {
            spec.get("timeWindow")
                    .problem("slice_length", "holds " + windows.size() + " windows — exactly one — remove or add some");
        }
        for (ConfigNode window : windows) {
            boolean rolling = window.get("isRolling").isTrue();
            if (rolling == window.has("calendar")) {
                window.problem(
                        "window_kind",
                        rolling
                                ? "has a calendar and isRolling is true — one of both — remove one"
                                : "has no calendar and is not rolling — one of both — add isRolling: true");
            }
            OpenSloDuration.check(window.get("duration"));
            if (window.has("calendar")) {
                ConfigNode calendar = window.get("calendar");
                check(calendar.get("startTime"), SloRules::isStartTime, "string_date_time", "2026-01-31 00:00:00");
                check(calendar.get("timeZone"), SloRules::isZone, "string_time_zone", "an IANA zone, Europe/Berlin");
            }
        }
    }

    static void operator(ConfigNode op) {
        Require.oneOf(op, "gt", "lt", "gte", "lte");
    }

    private static void check(ConfigNode property, Predicate<String> rule, String code, String example) {
        if (!rule.test(property.text())) {
            property.problem(code, "is '" + property.text() + "' — such as " + example);
        }
    }

    private static boolean isStartTime(String text) {
        try {
            LocalDateTime.parse(text, START_TIME);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
