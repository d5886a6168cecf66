package dev.llmops.slo.prometheus;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An Alertmanager configuration to begin with: one receiver for each severity, and a page that silences the tickets of
 * the same objective.
 */
final class AlertmanagerExample {

    private AlertmanagerExample() {}

    /**
     * Generates the configuration.
     *
     * @param set objectives and event rules, whose severities get a receiver each
     * @param receiver where alerts are posted to; the severity is added to it as the last part of the path
     * @return YAML
     */
    static String yaml(ObjectiveSet set, String receiver) {
        Set<String> severities = new LinkedHashSet<>(List.of(AlertTier.PAGE, AlertTier.TICKET));
        Set<String> groups = new LinkedHashSet<>(List.of("slo"));
        set.objectives().forEach(objective -> {
            severities.addAll(ObjectiveRules.severities(objective));
            groups.addAll(ObjectiveRules.groupLabels(objective));
        });
        set.eventRules().stream().map(EventRule::severity).forEach(severities::add);
        List<Map<String, Object>> routes = new ArrayList<>();
        List<Map<String, Object>> receivers = new ArrayList<>();
        for (String severity : severities) {
            Map<String, Object> route = new LinkedHashMap<>();
            route.put("matchers", List.of("severity = \"" + severity + "\""));
            route.put("receiver", severity);
            route.put("group_wait", severity.equals(AlertTier.PAGE) ? "10s" : "5m");
            route.put("repeat_interval", severity.equals(AlertTier.PAGE) ? "1h" : "1d");
            routes.add(route);
            receivers.add(
                    Map.of("name", severity, "webhook_configs", List.of(Map.of("url", receiver + "/" + severity))));
        }
        Map<String, Object> route = new LinkedHashMap<>();
        route.put("receiver", AlertTier.TICKET);
        route.put("group_by", new ArrayList<>(groups));
        route.put("routes", routes);
        Map<String, Object> inhibition = new LinkedHashMap<>();
        inhibition.put("source_matchers", List.of("severity = \"" + AlertTier.PAGE + "\""));
        inhibition.put("target_matchers", List.of("severity = \"" + AlertTier.TICKET + "\""));
        inhibition.put("equal", new ArrayList<>(groups));
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("route", route);
        file.put("inhibit_rules", List.of(inhibition));
        file.put("receivers", receivers);
        return Yaml.write(file);
    }
}
