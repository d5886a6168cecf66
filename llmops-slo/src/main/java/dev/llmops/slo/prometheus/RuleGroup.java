package dev.llmops.slo.prometheus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules that are evaluated in order, at one instant. */
record RuleGroup(String name, String interval, List<Rule> rules) {

    Map<String, Object> toYaml() {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("name", name);
        if (!interval.isEmpty()) {
            yaml.put("interval", interval);
        }
        yaml.put("rules", rules.stream().map(Rule::toYaml).toList());
        return yaml;
    }
}
