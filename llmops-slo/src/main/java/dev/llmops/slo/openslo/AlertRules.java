package dev.llmops.slo.openslo;

import java.util.List;
import java.util.function.Consumer;

/** The rules of OpenSLO v1 for alert policies, conditions and notification targets. */
final class AlertRules {

    private AlertRules() {}

    static void policy(Property spec) {
        MetadataRules.description(spec);
        List<Property> conditions = spec.get("conditions").elements();
        if (conditions.size() != 1) {
            spec.get("conditions").problem("slice_length", "must hold exactly one, but held " + conditions.size());
        }
        conditions.forEach(condition -> reference(condition, "conditionRef", "AlertCondition", AlertRules::condition));
        List<Property> targets = spec.get("notificationTargets").elements();
        if (targets.isEmpty()) {
            spec.get("notificationTargets").problem("slice_min_length", "must hold at least one");
        }
        targets.forEach(target -> reference(target, "targetRef", "AlertNotificationTarget", AlertRules::target));
    }

    static void condition(Property spec) {
        MetadataRules.description(spec);
        spec.get("severity").require();
        Property condition = spec.get("condition");
        if (!condition.require()) {
            return;
        }
        if (!condition.get("kind").require()) {
            return;
        }
        condition.get("kind").oneOf("burnrate");
        if (condition.get("op").require()) {
            SloRules.operator(condition.get("op"));
        }
        if (condition.get("threshold").require()) {
            condition.get("threshold").number();
        }
        OpenSloDuration.check(condition.get("lookbackWindow"));
        if (!condition.get("alertAfter").isEmpty()) {
            OpenSloDuration.check(condition.get("alertAfter"));
        }
    }

    static void target(Property spec) {
        spec.get("target").require();
        MetadataRules.description(spec);
    }

    /** An object by its name, or written out in place. */
    static void reference(Property property, String reference, String kind, Consumer<Property> rules) {
        boolean byName = property.has(reference);
        boolean inPlace = property.has("kind") || property.has("metadata") || property.has("spec");
        if (byName == inPlace) {
            property.problem(
                    "mutually_exclusive",
                    "must have either " + reference + " or a spec of its own, but had "
                            + (byName ? "both" : "neither"));
            return;
        }
        if (byName) {
            if (property.get(reference).require()) {
                property.get(reference).dnsLabel();
            }
            return;
        }
        if (property.get("kind").require()) {
            property.get("kind").equalTo(kind);
        }
        MetadataRules.check(property.get("metadata"));
        if (property.get("spec").require()) {
            rules.accept(property.get("spec"));
        }
    }
}
