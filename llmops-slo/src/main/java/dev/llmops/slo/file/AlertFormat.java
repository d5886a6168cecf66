package dev.llmops.slo.file;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Durations;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.internal.ConfigNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alert policies in files: {@code none}, or tiers and a guard, each derived where it is left out. */
final class AlertFormat {

    private AlertFormat() {}

    static @Nullable AlertPolicy read(ConfigNode parent, SloWindow window, @Nullable BigDecimal target) {
        if (!parent.has("alerts")) {
            return null;
        }
        if (parent.isScalar("alerts")) {
            return parent.as("alerts", parent.text("alerts"), AlertFormat::none);
        }
        ConfigNode node = parent.child("alerts");
        if (node == null) {
            return null;
        }
        AlertPolicy.Guard guard = guard(node);
        List<AlertTier> tiers = new ArrayList<>();
        boolean complete = true;
        for (ConfigNode child : node.children("tiers")) {
            AlertTier tier = tier(child, window.nominalLength());
            if (tier == null) {
                complete = false;
            } else {
                tiers.add(tier);
            }
        }
        boolean derived = !node.has("tiers");
        if (node.isEmptyList("tiers")) {
            node.report("tiers", "is empty — one tier or more — write alerts: none to have none");
        }
        node.rejectUnknown();
        if (!complete || (derived && target == null)) {
            return null;
        }
        if (!derived || target == null) {
            return new AlertPolicy(tiers, guard);
        }
        return parent.as(
                "target", "", text -> AlertPolicy.derived(target, window).withGuard(guard));
    }

    private static AlertPolicy none(String text) {
        if (!text.equals("none")) {
            throw new IllegalArgumentException("is '" + text + "' — none or a mapping of tiers and guard");
        }
        return AlertPolicy.NONE;
    }

    private static AlertPolicy.Guard guard(ConfigNode parent) {
        ConfigNode node = parent.child("guard");
        if (node == null) {
            return AlertPolicy.Guard.STANDARD;
        }
        Integer bad = node.integer("minimumBadEvents");
        BigDecimal confidence = node.number("confidence");
        node.rejectUnknown();
        AlertPolicy.Guard guard = node.as(
                "",
                "",
                text -> new AlertPolicy.Guard(
                        bad == null ? AlertPolicy.Guard.STANDARD.minimumBadEvents() : bad,
                        confidence == null ? AlertPolicy.Guard.STANDARD.confidence() : confidence.doubleValue()));
        return guard == null ? AlertPolicy.Guard.STANDARD : guard;
    }

    private static @Nullable AlertTier tier(ConfigNode node, Duration period) {
        String severity = node.required("severity", AlertTier.PAGE);
        Duration longWindow = node.as("long", node.required("long", "1h"), Durations::parse);
        Duration shortWindow = node.as("short", node.required("short", "5m"), Durations::parse);
        BigDecimal factor = node.number("factor");
        BigDecimal fraction = node.as("budgetFraction", node.text("budgetFraction"), ObjectiveReader::ratio);
        if (node.has("factor") == node.has("budgetFraction")) {
            node.report(
                    "factor",
                    "and budgetFraction are both there or both missing — exactly one — write for example factor: 14.4");
        }
        node.rejectUnknown();
        if (severity == null || longWindow == null || shortWindow == null || (factor == null && fraction == null)) {
            return null;
        }
        return node.as(
                "",
                severity,
                name -> factor != null
                        ? new AlertTier(name, longWindow, shortWindow, factor)
                        : AlertTier.ofBudgetFraction(name, longWindow, shortWindow, orZero(fraction), period));
    }

    private static BigDecimal orZero(@Nullable BigDecimal number) {
        return number == null ? BigDecimal.ZERO : number;
    }

    static Object write(AlertPolicy policy) {
        if (policy.equals(AlertPolicy.NONE)) {
            return "none";
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("tiers", policy.tiers().stream().map(AlertFormat::write).toList());
        AlertPolicy.Guard guard = policy.guard();
        map.put("guard", Map.of("minimumBadEvents", guard.minimumBadEvents(), "confidence", guard.confidence()));
        return map;
    }

    private static Map<String, Object> write(AlertTier tier) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("severity", tier.severity());
        map.put("long", Durations.format(tier.longWindow()));
        map.put("short", Durations.format(tier.shortWindow()));
        map.put("factor", tier.factor());
        return map;
    }
}
