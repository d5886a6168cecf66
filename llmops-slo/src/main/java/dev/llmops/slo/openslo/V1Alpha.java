package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Turns {@code openslo/v1alpha}, which Sloth reads, into OpenSLO v1. */
final class V1Alpha {

    private static final Map<String, String> UNITS =
            Map.of("minute", "m", "hour", "h", "day", "d", "week", "w", "month", "M", "quarter", "Q", "year", "Y");

    private V1Alpha() {}

    static JsonNode toV1(JsonNode alpha) {
        Map<String, Object> v1 = new LinkedHashMap<>();
        alpha.properties().forEach(entry -> v1.put(entry.getKey(), entry.getValue()));
        v1.put("apiVersion", OpenSloValidator.API_VERSION);
        JsonNode old = alpha.path("spec");
        if (alpha.path("kind").asString("").equals("SLO")) {
            v1.put("spec", spec(old, alpha.path("metadata").path("name").asString("sli")));
        }
        return Yaml.readJson(Yaml.writeJson(v1));
    }

    private static Map<String, Object> spec(JsonNode old, String name) {
        Map<String, Object> spec = new LinkedHashMap<>();
        List<Object> objectives = new ArrayList<>();
        for (JsonNode objective : old.path("objectives").values()) {
            Map<String, Object> kept = new LinkedHashMap<>();
            objective.properties().stream()
                    .filter(entry -> !entry.getKey().equals("ratioMetrics"))
                    .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
            objectives.add(kept);
            JsonNode ratio = objective.path("ratioMetrics");
            if (ratio.isObject() && !spec.containsKey("indicator")) {
                spec.put(
                        "indicator",
                        Map.of("metadata", Map.of("name", name), "spec", Map.of("ratioMetric", ratio(ratio))));
            }
        }
        for (String key : List.of("service", "description", "budgetingMethod")) {
            if (old.has(key)) {
                spec.put(key, old.get(key));
            }
        }
        spec.put("objectives", objectives);
        List<Object> windows = new ArrayList<>();
        for (JsonNode window : old.path("timeWindows").values()) {
            String unit = window.path("unit").asString("").toLowerCase(Locale.ROOT);
            windows.add(Map.of(
                    "duration",
                    window.path("count").asString("") + UNITS.getOrDefault(unit, unit),
                    "isRolling",
                    !window.has("calendar")));
        }
        spec.put("timeWindow", windows);
        return spec;
    }

    private static Map<String, Object> ratio(JsonNode old) {
        Map<String, Object> ratio = new LinkedHashMap<>();
        ratio.put("counter", old.path("incremental").asBoolean(true));
        for (String part : List.of("good", "bad", "total")) {
            JsonNode metric = old.path(part);
            if (metric.isObject()) {
                ratio.put(
                        part,
                        Map.of(
                                "metricSource",
                                Map.of(
                                        "type", metric.path("source").asString("prometheus"),
                                        "spec",
                                                Map.of(
                                                        "query",
                                                        metric.path("query").asString("")))));
            }
        }
        return ratio;
    }
}
