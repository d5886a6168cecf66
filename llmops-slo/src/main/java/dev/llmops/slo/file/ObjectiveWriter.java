package dev.llmops.slo.file;

import dev.llmops.slo.CallFilter;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.internal.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the module's own file format; leaves out what is the default. */
final class ObjectiveWriter {

    private ObjectiveWriter() {}

    static String toYaml(ObjectiveSet set) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", ObjectiveReader.VERSION);
        file.put(
                "objectives",
                set.objectives().stream().map(ObjectiveWriter::write).toList());
        if (!set.eventRules().isEmpty()) {
            file.put(
                    "eventRules",
                    set.eventRules().stream().map(ObjectiveWriter::write).toList());
        }
        if (!set.composites().isEmpty()) {
            file.put(
                    "composites",
                    set.composites().stream().map(CompositeFormat::write).toList());
        }
        if (!set.exclusions().isEmpty()) {
            file.put(
                    "exclusions",
                    set.exclusions().stream().map(ExclusionFormat::write).toList());
        }
        return Yaml.write(file);
    }

    private static Map<String, Object> write(Objective objective) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", objective.name());
        putText(map, "displayName", objective.displayName().equals(objective.name()) ? "" : objective.displayName());
        putText(map, "service", objective.service());
        putText(map, "description", objective.description());
        map.put("target", objective.target());
        map.put("window", WindowFormat.write(objective.window()));
        map.putAll(beyondOpenSlo(objective));
        if (!objective.labels().isEmpty()) {
            map.put("labels", objective.labels());
        }
        if (!objective.annotations().isEmpty()) {
            map.put("annotations", objective.annotations());
        }
        return map;
    }

    /** The parts of an objective that OpenSLO has no words for. */
    static Map<String, Object> beyondOpenSlo(Objective objective) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("indicator", IndicatorFormat.write(objective.indicator()));
        putFilter(map, objective.filter());
        if (!objective.groupBy().isEmpty()) {
            map.put(
                    "groupBy",
                    objective.groupBy().stream().map(Dimension::label).toList());
        }
        if (objective.groupLimit() != Objective.DEFAULT_GROUP_LIMIT) {
            map.put("groupLimit", objective.groupLimit());
        }
        if (!objective.evaluationDelay().isZero()) {
            map.put("evaluationDelay", Durations.format(objective.evaluationDelay()));
        }
        objective.expectedEventsPerHour().ifPresent(events -> map.put("expectedEventsPerHour", events));
        if (!objective.isAlertPolicyDerived()) {
            map.put("alerts", AlertFormat.write(objective.alerts()));
        }
        if (!objective.source().equals(MetricSource.SLO_COUNTERS)) {
            map.put("source", SourceFormat.write(objective.source()));
        }
        return map;
    }

    private static Map<String, Object> write(EventRule rule) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", rule.name());
        putText(map, "description", rule.description());
        map.put("severity", rule.severity());
        map.put("risk", rule.riskTypes().stream().sorted().toList());
        if (!rule.actions().isEmpty()) {
            map.put("actions", rule.actions().stream().sorted().toList());
        }
        putFilter(map, rule.filter());
        map.put("window", Durations.format(rule.window()));
        return map;
    }

    private static void putFilter(Map<String, Object> map, CallFilter filter) {
        if (!filter.allowed().isEmpty()) {
            Map<String, List<String>> values = new LinkedHashMap<>();
            filter.allowed().forEach((dimension, allowed) -> values.put(dimension.label(), new ArrayList<>(allowed)));
            map.put("filter", values);
        }
    }

    private static void putText(Map<String, Object> map, String key, String text) {
        if (!text.isEmpty()) {
            map.put(key, text);
        }
    }
}
