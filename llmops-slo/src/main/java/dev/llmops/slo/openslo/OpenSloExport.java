package dev.llmops.slo.openslo;

import dev.llmops.slo.EventRule;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import dev.llmops.slo.prometheus.internal.EventQueries;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Writes objectives as OpenSLO v1; what it cannot say goes into the annotation. */
final class OpenSloExport {

    /** Properties of the module's own format that OpenSLO has a place for. */
    private static final Set<String> SAID =
            Set.of("name", "displayName", "service", "description", "target", "window", "labels", "annotations");

    private OpenSloExport() {}

    static String write(ObjectiveSet set) {
        List<String> problems = new ArrayList<>();
        for (EventRule rule : set.eventRules()) {
            problems.add("eventRules: '" + rule.name() + "' cannot be represented: OpenSLO has no target of 100 %");
        }
        StringBuilder stream = new StringBuilder();
        for (Objective objective : set.objectives()) {
            if (objective.target().compareTo(BigDecimal.ONE) == 0) {
                problems.add(objective.name() + ": target cannot be represented: OpenSLO has no target of 100 %");
            }
            String yaml = Yaml.write(slo(objective));
            OpenSlo.validate(yaml).stream()
                    .filter(problem -> !problem.path().endsWith(".target"))
                    .forEach(problem -> problems.add(problem.toString()));
            stream.append("---\n").append(yaml);
        }
        if (!problems.isEmpty()) {
            throw new InvalidObjectivesException(problems);
        }
        return stream.toString();
    }

    private static Map<String, Object> slo(Objective objective) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", objective.name());
        if (!objective.displayName().equals(objective.name())) {
            metadata.put("displayName", objective.displayName());
        }
        if (!objective.labels().isEmpty()) {
            metadata.put("labels", objective.labels());
        }
        Map<String, String> annotations = new LinkedHashMap<>(objective.annotations());
        annotations.put(OpenSlo.ANNOTATION, extras(objective));
        metadata.put("annotations", annotations);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("description", objective.description());
        spec.put("service", objective.service());
        spec.put("indicator", Map.of("metadata", Map.of("name", objective.name()), "spec", sli(objective)));
        spec.put("timeWindow", List.of(OpenSloWindow.write(objective.window())));
        spec.put("budgetingMethod", "Occurrences");
        spec.put("objectives", List.of(Map.of("target", objective.target())));
        Map<String, Object> slo = new LinkedHashMap<>();
        slo.put("apiVersion", OpenSloValidator.API_VERSION);
        slo.put("kind", "SLO");
        slo.put("metadata", metadata);
        slo.put("spec", spec);
        return slo;
    }

    private static String extras(Objective objective) {
        JsonNode own = Yaml.readAll(ObjectiveSet.of(objective).toYaml())
                .get(0)
                .get("objectives")
                .get(0);
        Map<String, JsonNode> extras = new LinkedHashMap<>();
        own.propertyStream()
                .filter(entry -> !SAID.contains(entry.getKey()))
                .forEach(entry -> extras.put(entry.getKey(), entry.getValue()));
        return Yaml.writeJson(extras);
    }

    /** The ratio of queries that an objective's events have on Prometheus. */
    static Map<String, Object> sli(Objective objective) {
        String events = EventQueries.bad(objective, MetricSource.WINDOW);
        String kind = "bad";
        if (objective.source() instanceof MetricSource.Queries queries) {
            events = queries.events();
            kind = queries.bad() ? "bad" : "good";
        }
        Map<String, Object> ratio = new LinkedHashMap<>();
        ratio.put("counter", true);
        ratio.put(kind, metric(events));
        ratio.put("total", metric(EventQueries.total(objective, MetricSource.WINDOW)));
        return Map.of("ratioMetric", ratio);
    }

    private static Map<String, Object> metric(String query) {
        return Map.of("metricSource", Map.of("type", "Prometheus", "spec", Map.of("query", query)));
    }
}
