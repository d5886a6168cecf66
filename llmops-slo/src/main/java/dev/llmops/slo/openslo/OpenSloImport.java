package dev.llmops.slo.openslo;

import dev.llmops.slo.Objective;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.ConfigNode;
import dev.llmops.slo.internal.Yaml;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Translates OpenSLO v1 into the module's own file format, whose reader then builds the objectives. */
final class OpenSloImport implements Losses {

    private final List<OpenSlo.Problem> problems = new ArrayList<>();
    private final List<OpenSlo.Problem> losses = new ArrayList<>();
    private final Map<String, ConfigNode> sliSpecs = new LinkedHashMap<>();
    private final Map<String, ConfigNode> policies = new LinkedHashMap<>();
    private final Map<String, ConfigNode> conditions = new LinkedHashMap<>();
    private final Map<String, String> dataSourceTypes = new LinkedHashMap<>();
    private final Map<String, ConfigNode> annotated = new LinkedHashMap<>();
    private final List<Map<String, Object>> objectives = new ArrayList<>();

    private OpenSloImport() {}

    /** Imports documents whole, or not at all. */
    static ObjectiveSet read(List<JsonNode> documents) {
        OpenSloImport reader = new OpenSloImport();
        documents.forEach(document -> reader.problems.addAll(errors(document)));
        if (reader.problems.isEmpty()) {
            documents.forEach(reader::index);
            documents.forEach(reader::slo);
            reader.problems.addAll(reader.losses);
        }
        if (!reader.problems.isEmpty()) {
            throw new InvalidObjectivesException(
                    reader.problems.stream().map(OpenSlo.Problem::toString).toList());
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "llmops.slo/v1");
        file.put("objectives", reader.objectives);
        ObjectiveSet set = ObjectiveSet.parse(Yaml.writeJson(file));
        reader.requireSameQueries(set);
        return set;
    }

    /** Imports every SLO that can be, and names the rest. */
    static void convert(List<JsonNode> documents, OwnFormat own) {
        OpenSloImport reader = new OpenSloImport();
        documents.forEach(OpenSloImport::writeReferencesOut);
        documents.forEach(reader::index);
        for (JsonNode document : documents) {
            List<OpenSlo.Problem> errors = errors(document);
            if (errors.isEmpty()) {
                reader.slo(document);
                errors = List.copyOf(reader.problems);
            }
            for (OpenSlo.Problem error : errors) {
                own.leftOut(error + "; the object is left out");
            }
            if (errors.isEmpty()) {
                reader.losses.forEach(loss -> own.leftOut(loss.toString()));
                reader.objectives.forEach(objective -> own.add("SLO " + objective.get("name"), objective));
            }
            reader.problems.clear();
            reader.losses.clear();
            reader.objectives.clear();
        }
    }

    /** Published examples name a policy by its name alone, as the version before this one did. */
    private static void writeReferencesOut(JsonNode document) {
        if (document.path("spec").path("alertPolicies") instanceof ArrayNode policies) {
            for (int i = 0; i < policies.size(); i++) {
                JsonNode policy = policies.get(i);
                if (policy.isString()) {
                    policies.set(i, JsonNodeFactory.instance.objectNode().set("alertPolicyRef", policy));
                }
            }
        }
    }

    private static List<OpenSlo.Problem> errors(JsonNode document) {
        return OpenSloValidator.check(document).stream()
                .filter(problem -> !problem.isWarning())
                .toList();
    }

    /** An annotation and the indicator beside it say the same thing twice; they must not have drifted apart. */
    private void requireSameQueries(ObjectiveSet set) {
        List<String> differing = new ArrayList<>();
        for (Objective objective : set.objectives()) {
            ConfigNode sli = annotated.get(objective.name());
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
        ConfigNode root = OpenSloValidator.root(document, problems);
        String name = root.get("metadata").get("name").text();
        ConfigNode spec = root.get("spec");
        switch (root.get("kind").text()) {
            case "SLI" -> sliSpecs.put(name, spec);
            case "AlertPolicy" -> policies.put(name, spec);
            case "AlertCondition" -> conditions.put(name, spec);
            case "DataSource" -> dataSourceTypes.put(name, spec.get("type").text());
            default -> {}
        }
    }

    private void slo(JsonNode document) {
        ConfigNode root = OpenSloValidator.root(document, problems);
        if (!root.get("kind").text().equals("SLO")) {
            return;
        }
        ConfigNode spec = root.get("spec");
        ConfigNode metadata = root.get("metadata");
        Map<String, Object> common = new LinkedHashMap<>();
        JsonNode extras = extras(metadata.get("annotations").get(OpenSlo.ANNOTATION));
        if (extras == null) {
            common.put("indicator", Map.of("type", "reported"));
        } else {
            extras.propertyStream().forEach(entry -> common.put(entry.getKey(), entry.getValue()));
            annotated.put(metadata.get("name").text(), spec.get("indicator").get("spec"));
        }
        if ((extras == null || !extras.has("alerts"))
                && !spec.get("alertPolicies").isEmpty()) {
            List<Map<String, Object>> tiers = new AlertConversion(policies, conditions, this).tiers(spec);
            if (!tiers.isEmpty()) {
                common.put("alerts", Map.of("tiers", tiers));
            }
        }
        common.put("service", spec.get("service").text());
        common.put("description", spec.get("description").text());
        Object window = OpenSloWindow.read(spec.get("timeWindow").elements().get(0), this::cannot);
        if (window != null) {
            common.put("window", window);
        }
        common.put("labels", labels(metadata.get("labels")));
        Map<String, String> annotations = new LinkedHashMap<>();
        ConfigNode given = metadata.get("annotations");
        given.keys().stream()
                .filter(key -> !key.equals(OpenSlo.ANNOTATION))
                .sorted()
                .forEach(key -> annotations.put(key, given.get(key).text()));
        common.put("annotations", annotations);
        List<ConfigNode> parts = spec.get("objectives").elements();
        for (int i = 0; i < parts.size(); i++) {
            objective(parts.get(i), root, common, extras != null, parts.size() == 1 ? "" : "-" + i);
        }
    }

    private void objective(
            ConfigNode part, ConfigNode root, Map<String, Object> common, boolean hasSource, String suffix) {
        ConfigNode metadata = root.get("metadata");
        if (SloRules.hasIndicator(part)) {
            cannot(
                    part.get(part.has("indicator") ? "indicator" : "indicatorRef"),
                    "composites of weighted indicators are not known here — give each an SLO of its own");
        }
        Map<String, Object> objective = new LinkedHashMap<>(common);
        objective.put("name", metadata.get("name").text() + suffix);
        String displayName = metadata.get("displayName").text();
        String partName = part.get("displayName").text();
        objective.put(
                "displayName",
                displayName.isEmpty() || partName.isEmpty() ? displayName + partName : displayName + ": " + partName);
        boolean percent = part.has("targetPercent");
        ConfigNode target = part.get(percent ? "targetPercent" : "target");
        objective.put("target", target.text() + (percent ? "%" : ""));
        BigDecimal promised = target.number();
        if (promised != null && promised.signum() == 0) {
            cannot(target, "a target of 0 promises nothing");
        }
        if (!hasSource) {
            Object source = new OpenSloSource(this, sliSpecs, dataSourceTypes).read(root.get("spec"), part);
            if (source != null) {
                objective.put("source", source);
            }
        }
        objectives.add(objective);
    }

    private @Nullable JsonNode extras(ConfigNode annotation) {
        if (!annotation.isPresent()) {
            return null;
        }
        try {
            return Yaml.readJson(annotation.text());
        } catch (JacksonException e) {
            annotation.problem("json", "is no JSON (" + e.getOriginalMessage() + ") — JSON — quote the annotation");
            return null;
        }
    }

    private Map<String, String> labels(ConfigNode labels) {
        Map<String, String> values = new LinkedHashMap<>();
        labels.keys().stream().sorted().forEach(key -> {
            List<ConfigNode> elements = labels.get(key).elements();
            if (elements.size() > 1) {
                leftOut(labels.get(key), "a label has one value here, and this has " + elements.size());
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

    void cannot(ConfigNode property, String reason) {
        property.problem("not_representable", "cannot be represented: " + reason);
    }

    @Override
    public void leftOut(ConfigNode property, String reason) {
        losses.add(OpenSlo.Problem.of(property.problemOf("not_representable", "is not carried over: " + reason)));
    }
}
