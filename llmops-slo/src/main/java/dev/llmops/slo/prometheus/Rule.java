package dev.llmops.slo.prometheus;

import java.util.LinkedHashMap;
import java.util.Map;

/** A recording or alert rule. */
record Rule(
        boolean alert,
        String name,
        String expression,
        String pending,
        Map<String, String> labels,
        Map<String, String> annotations) {

    static Rule record(String name, String expression, Map<String, String> labels) {
        return new Rule(false, name, expression, "", labels, Map.of());
    }

    static Rule alert(
            String name,
            String expression,
            String pending,
            Map<String, String> labels,
            Map<String, String> annotations) {
        return new Rule(true, name, expression, pending, labels, annotations);
    }

    Map<String, Object> toYaml() {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put(alert ? "alert" : "record", name);
        yaml.put("expr", expression);
        if (!pending.isEmpty()) {
            yaml.put("for", pending);
        }
        if (!labels.isEmpty()) {
            yaml.put("labels", labels);
        }
        if (!annotations.isEmpty()) {
            yaml.put("annotations", annotations);
        }
        return yaml;
    }
}
