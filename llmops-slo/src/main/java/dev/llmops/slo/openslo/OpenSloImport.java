package dev.llmops.slo.openslo;

import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Translates OpenSLO v1 into the module's own file format, whose reader then builds the objectives. */
final class OpenSloImport {

    private final List<OpenSloProblem> problems = new ArrayList<>();
    private final Map<String, Property> sliSpecs = new LinkedHashMap<>();
    private final Map<String, String> dataSourceTypes = new LinkedHashMap<>();
    private final Map<String, Property> annotated = new LinkedHashMap<>();
    private final List<Map<String, Object>> objectives = new ArrayList<>();

    private OpenSloImport() {}

    static ObjectiveSet read(List<JsonNode> documents) {
        OpenSloImport reader = new OpenSloImport();
        documents.forEach(document -> OpenSloValidator.check(document).stream()
                .filter(problem -> !problem.isWarning())
                .forEach(reader.problems::add));
        if (reader.problems.isEmpty()) {
            documents.forEach(reader::index);
            documents.forEach(reader::slo);
        }
        if (!reader.problems.isEmpty()) {
            throw new InvalidObjectivesException(
                    reader.problems.stream().map(OpenSloProblem::toString).toList());
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "llmops.slo/v1");
        file.put("objectives", reader.objectives);
        ObjectiveSet set = ObjectiveSet.parse(Yaml.writeJson(file));
        reader.requireSameQueries(set);
        return set;
    }

    /** An annotation and the indicator beside it say the same thing twice; they must not have drifted apart. */
    private void requireSameQueries(ObjectiveSet set) {
        List<String> differing = new ArrayList<>();
        for (Objective objective : set.objectives()) {
            Property sli = annotated.get(objective.name());
            if (sli != null && !sli.isSameAs(OpenSloExport.sli(objective))) {
                differing.add("SLO " + objective.name() + ": spec.indicator.spec must be what the annotation "
                        + OpenSlo.ANNOTATION + " stands for, which is " + Yaml.writeJson(OpenSloExport.sli(objective))
                        + "; change the annotation too, or remove it");
            }
        }
        if (!differing.isEmpty()) {
            throw new InvalidObjectivesException(differing);
        }
    }

    private void index(JsonNode document) {
        Property root = OpenSloValidator.root(document, problems);
        String name = root.get("metadata").get("name").text();
        switch (root.get("kind").text()) {
            case "SLI" -> sliSpecs.put(name, root.get("spec"));
            case "DataSource" ->
                dataSourceTypes.put(name, root.get("spec").get("type").text());
            default -> {}
        }
    }

    private void slo(JsonNode document) {
        Property root = OpenSloValidator.root(document, problems);
        if (!root.get("kind").text().equals("SLO")) {
            return;
        }
        Property spec = root.get("spec");
        Property metadata = root.get("metadata");
        String method = spec.get("budgetingMethod").text();
        if (!method.equals("Occurrences")) {
            cannot(spec.get("budgetingMethod"), "time slices are not counted here; only Occurrences are");
        }
        Map<String, Object> common = new LinkedHashMap<>();
        JsonNode extras = extras(metadata.get("annotations").get(OpenSlo.ANNOTATION));
        if (extras == null) {
            common.put("indicator", Map.of("type", "reported"));
        } else {
            extras.propertyStream().forEach(entry -> common.put(entry.getKey(), entry.getValue()));
        }
        if (extras == null) {
            Object source = source(spec);
            if (source != null) {
                common.put("source", source);
            }
        } else {
            annotated.put(metadata.get("name").text(), spec.get("indicator").get("spec"));
        }
        if ((extras == null || !extras.has("alerts"))
                && !spec.get("alertPolicies").isEmpty()) {
            cannot(
                    spec.get("alertPolicies"),
                    "its conditions have one window, and an alert here has two; leave it out to have tiers derived, or"
                            + " state them in the annotation " + OpenSlo.ANNOTATION);
        }
        common.put("service", spec.get("service").text());
        common.put("description", spec.get("description").text());
        Object window = OpenSloWindow.read(spec.get("timeWindow").elements().get(0), this::cannot);
        if (window != null) {
            common.put("window", window);
        }
        common.put("labels", labels(metadata.get("labels")));
        Map<String, String> annotations = new LinkedHashMap<>();
        Property given = metadata.get("annotations");
        given.keys().stream()
                .filter(key -> !key.equals(OpenSlo.ANNOTATION))
                .sorted()
                .forEach(key -> annotations.put(key, given.get(key).text()));
        common.put("annotations", annotations);
        List<Property> parts = spec.get("objectives").elements();
        for (int i = 0; i < parts.size(); i++) {
            objective(parts.get(i), metadata, common, parts.size() == 1 ? "" : "-" + i);
        }
    }

    private void objective(Property part, Property metadata, Map<String, Object> common, String suffix) {
        if (SloRules.hasIndicator(part)) {
            cannot(
                    part.get(part.has("indicator") ? "indicator" : "indicatorRef"),
                    "composites of weighted indicators are not known here; give each an SLO of its own");
        }
        Map<String, Object> objective = new LinkedHashMap<>(common);
        objective.put("name", metadata.get("name").text() + suffix);
        String displayName = metadata.get("displayName").text();
        String partName = part.get("displayName").text();
        objective.put(
                "displayName",
                displayName.isEmpty() || partName.isEmpty() ? displayName + partName : displayName + ": " + partName);
        boolean percent = part.has("targetPercent");
        Property target = part.get(percent ? "targetPercent" : "target");
        objective.put("target", target.text() + (percent ? "%" : ""));
        if (new BigDecimal(target.text()).signum() == 0) {
            cannot(target, "a target of 0 promises nothing");
        }
        objectives.add(objective);
    }

    private @Nullable JsonNode extras(Property annotation) {
        if (!annotation.isPresent()) {
            return null;
        }
        try {
            return Yaml.readJson(annotation.text());
        } catch (JacksonException e) {
            annotation.problem("json", "must be JSON, but " + e.getOriginalMessage());
            return null;
        }
    }

    private @Nullable Object source(Property spec) {
        Property sli = spec.get("indicator").get("spec");
        if (spec.has("indicatorRef")) {
            Property referenced = sliSpecs.get(spec.get("indicatorRef").text());
            if (referenced == null) {
                cannot(spec.get("indicatorRef"), "it names no SLI of these documents; add the SLI to them");
                return null;
            }
            sli = referenced;
        }
        if (sli.has("thresholdMetric")) {
            cannot(
                    sli.get("thresholdMetric"),
                    "samples of a gauge are no events; use a ratioMetric of events under the threshold");
        }
        Property ratio = sli.get("ratioMetric");
        if (ratio.has("raw")) {
            cannot(ratio.get("raw"), "a ready ratio cannot be weighted by volume; give good or bad, and total");
        }
        if (!ratio.has("total")) {
            return null;
        }
        String events = ratio.has("bad") ? "bad" : "good";
        String query = query(ratio.get(events));
        String total = query(ratio.get("total"));
        return Map.of(ratio.has("bad") ? "badOverTotal" : "goodOverTotal", Map.of(events, query, "total", total));
    }

    private String query(Property metric) {
        Property source = metric.get("metricSource");
        String reference = source.get("metricSourceRef").text();
        String type = source.get("type").text();
        String effective = type.isEmpty() ? dataSourceTypes.getOrDefault(reference, "") : type;
        if (!effective.equalsIgnoreCase("Prometheus")) {
            cannot(source.get("type"), "only Prometheus is read here, and this is '" + effective + "'");
        }
        Property spec = source.get("spec");
        spec.keys().stream()
                .filter(key -> !key.equals("query"))
                .forEach(key -> cannot(spec.get(key), "only a query is read here"));
        String query = spec.get("query").text();
        if (!query.replaceAll("\\s", "").contains(MetricSource.WINDOW)) {
            cannot(
                    spec.get("query"),
                    "its range is fixed; write rate(x[" + MetricSource.WINDOW
                            + "]) so that every window can be asked for");
        }
        return query;
    }

    private Map<String, String> labels(Property labels) {
        Map<String, String> values = new LinkedHashMap<>();
        labels.keys().stream().sorted().forEach(key -> {
            List<Property> elements = labels.get(key).elements();
            if (elements.size() > 1) {
                cannot(labels.get(key), "a label has one value here, and this has " + elements.size());
            } else {
                values.put(
                        key,
                        elements.isEmpty()
                                ? labels.get(key).text()
                                : elements.get(0).text());
            }
        });
        return values;
    }

    private void cannot(Property property, String reason) {
        property.problem("not_representable", "cannot be represented: " + reason);
    }
}
