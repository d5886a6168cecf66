package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;
import java.util.List;
import java.util.function.Consumer;

/** The rules of OpenSLO v1 for alert policies, conditions and notification targets. */
final class AlertRules {

    private AlertRules() {}

    static void policy(ConfigNode spec) {
        MetadataRules.description(spec);
        List<ConfigNode> conditions = spec.get("conditions").elements();
        if (conditions.size() != 1) {
            spec.get("conditions")
                    .problem("slice_length", "holds " + conditions.size() + " — exactly one — remove or add some");
        }
        conditions.forEach(condition -> reference(condition, "conditionRef", "AlertCondition", AlertRules::condition));
        List<ConfigNode> targets = spec.get("notificationTargets").elements();
        if (targets.isEmpty()) {
            spec.get("notificationTargets").problem("slice_min_length", "is empty — at least one — add a target");
        }
        targets.forEach(target -> reference(target, "targetRef", "AlertNotificationTarget", AlertRules::target));
    }

    static void condition(ConfigNode spec) {
        MetadataRules.description(spec);
        Require.present(spec.get("severity"));
        ConfigNode condition = spec.get("condition");
        if (!Require.present(condition)) {
            return;
        }
        if (!Require.present(condition.get("kind"))) {
            return;
        }
        Require.oneOf(condition.get("kind"), "burnrate");
        if (Require.present(condition.get("op"))) {
            SloRules.operator(condition.get("op"));
        }
        if (Require.present(condition.get("threshold"))) {
            condition.get("threshold").number();
        }
        OpenSloDuration.check(condition.get("lookbackWindow"));
        if (!condition.get("alertAfter").isEmpty()) {
            OpenSloDuration.check(condition.get("alertAfter"));
        }
    }

    static void target(ConfigNode spec) {
        Require.present(spec.get("target"));
        MetadataRules.description(spec);
    }

    /** An object by its name, or written out in place. */
    static void reference(ConfigNode property, String reference, String kind, Consumer<ConfigNode> rules) {
        boolean byName = property.has(reference);
        boolean inPlace = property.has("kind") || property.has("metadata") || property.has("spec");
        if (byName == inPlace) {
            property.problem(
                    "mutually_exclusive",
                    "has " + (byName ? "both" : "neither") + " of " + reference
                            + " and a spec of its own — exactly one — " + (byName ? "remove one" : "add one"));
            return;
        }
        if (byName) {
            if (Require.present(property.get(reference))) {
                Require.dnsLabel(property.get(reference));
            }
            return;
        }
        if (Require.present(property.get("kind"))) {
            Require.equalTo(property.get("kind"), kind);
        }
        MetadataRules.check(property.get("metadata"));
        if (Require.present(property.get("spec"))) {
            rules.accept(property.get("spec"));
        }
    }
}
