package dev.llmops.tracing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An edition of the conventions, read from their own files where these lie. */
final class Conventions {

    private static final Path FOLDER = Path.of(System.getProperty("llmops.cases", "absent"), "semconv");
    private static final Pattern SPAN_NAME = Pattern.compile("Span name\\*\\* SHOULD be `([^`]+)`");

    final SpanProfile profile;
    private final Path model;

    private Conventions(SpanProfile profile) {
        this.profile = profile;
        // No model files are at hand that are as new as the newer profile's table of the inference span.
        this.model = FOLDER.resolve(profile == SpanProfile.GEN_AI ? "core-1.41.0" : "genai-main-2026-08-03")
                .resolve("model/gen-ai");
    }

    /** All editions that have a profile; skips the test where the files are not there. */
    static List<Conventions> all() {
        assumeTrue(Files.isDirectory(FOLDER), "no cases at " + FOLDER);
        return List.of(new Conventions(SpanProfile.GEN_AI), new Conventions(SpanProfile.GEN_AI_NEXT));
    }

    /** The inference span: its kind, its name, and the requirement level of each attribute. */
    JsonNode inferenceSpan() {
        String wanted = profile.name().toLowerCase(Locale.ROOT);
        return JsonMapper.shared()
                .readTree(FOLDER.resolve("genai-metric-names.json").toFile())
                .valueStream()
                .filter(edition -> wanted.equals(edition.path("llmops_profile").asString("")))
                .findFirst()
                .orElseThrow()
                .get("inference_span");
    }

    /** The attributes of the inference span that samplers read, as the newest table marks them. */
    static Set<String> samplingRelevant() throws java.io.IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(FOLDER.resolve("genai-main-2026-10/span-gen_ai.client.inference.tsv"))) {
            if (line.endsWith("\tyes")) {
                names.add(line.substring(0, line.indexOf('\t')));
            }
        }
        return names;
    }

    Path file(String name) {
        return model.resolve(name);
    }

    private JsonNode yaml(String name) {
        return new YAMLMapper().readTree(file(name).toFile());
    }

    /** The type of every registered attribute; an enumeration's is string. */
    Map<String, String> types() {
        Map<String, String> types =
                new TreeMap<>(Map.of("error.type", "string", "server.address", "string", "server.port", "int"));
        JsonNode registry = yaml("registry.yaml");
        registry.path("groups").forEach(group -> addTypes(types, group.get("attributes"), "id"));
        addTypes(types, registry.path("attributes"), "key");
        inferenceSpan()
                .path("types")
                .properties()
                .forEach(type -> types.put(type.getKey(), type.getValue().asString()));
        return types;
    }

    private static void addTypes(Map<String, String> types, JsonNode attributes, String name) {
        attributes.forEach(attribute ->
                types.put(attribute.get(name).asString(), attribute.get("type").asString("string")));
    }

    /** The type of an attribute of ours, in the words of the conventions. */
    static String type(AttributeKey<?> key) {
        return switch (key.getType()) {
            case LONG -> "int";
            case STRING_ARRAY -> "string[]";
            default -> key.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    /** The standard attributes of a span, with their types. */
    static Map<String, String> standardTypes(SpanData span) {
        Map<String, String> types = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> {
            if (key.getKey().startsWith("gen_ai.")) {
                types.put(key.getKey(), type(key));
            }
        });
        return types;
    }

    /**
     * A kind of span.
     *
     * @param operation the operation that it tells of, or one of them
     * @param requirements the requirement level of each attribute
     */
    record SpanType(String id, String operation, String kind, String name, Map<String, String> requirements) {

        Set<String> required() {
            Set<String> required = new TreeSet<>(requirements.keySet());
            required.removeIf(name -> !requirements.get(name).equals("required"));
            return required;
        }
    }

    /** The requirement level of each attribute of the event that tells an evaluation's result. */
    Map<String, String> evaluationEvent() {
        // The events of the newer edition are the newest of all files, and refer to groups that stand elsewhere.
        JsonNode file = profile == SpanProfile.GEN_AI
                ? yaml("events.yaml")
                : new YAMLMapper()
                        .readTree(FOLDER.resolve("genai-main-2026-10/model/gen-ai/events.yaml")
                                .toFile());
        Map<String, String> requirements = new TreeMap<>();
        for (JsonNode event : profile == SpanProfile.GEN_AI ? file.get("groups") : file.get("events")) {
            if (event.get("name").asString().equals("gen_ai.evaluation.result")) {
                addRequirements(requirements, event, groupsOf(yaml("spans.yaml")));
            }
        }
        return requirements;
    }

    private static Map<String, JsonNode> groupsOf(JsonNode file) {
        Map<String, JsonNode> groups = new TreeMap<>();
        file.path("groups").forEach(group -> groups.put(group.get("id").asString(), group));
        file.path("attribute_groups")
                .forEach(group -> groups.put(group.get("id").asString(), group));
        return groups;
    }

    /** Every kind of span of the edition, but for those of single providers. */
    List<SpanType> spanTypes() {
        JsonNode file = yaml("spans.yaml");
        Map<String, JsonNode> groups = groupsOf(file);
        List<SpanType> types = new ArrayList<>();
        file.path("groups").forEach(group -> {
            if (group.get("id").asString().startsWith("span.gen_ai.")) {
                String text =
                        group.path("note").asString("") + group.path("brief").asString("");
                types.add(spanType(
                        group.get("id").asString().substring("span.".length()),
                        group.get("span_kind"),
                        text,
                        group,
                        groups));
            }
        });
        file.path("spans")
                .forEach(span -> types.add(spanType(
                        span.get("type").asString(),
                        span.get("kind"),
                        span.get("name").get("note").asString(),
                        span,
                        groups)));
        return types;
    }

    private static SpanType spanType(
            String id, JsonNode kind, String text, JsonNode node, Map<String, JsonNode> groups) {
        Matcher name = SPAN_NAME.matcher(text);
        if (!name.find()) {
            throw new AssertionError("no span name in the text of " + id);
        }
        String operation =
                switch (id.split("\\.")[1]) {
                    case "inference" -> "chat";
                    case "memory" -> "search_memory";
                    default -> id.split("\\.")[1];
                };
        Map<String, String> requirements = new TreeMap<>();
        addRequirements(requirements, node, groups);
        return new SpanType(id, operation, kind.asString(), name.group(1), requirements);
    }

    private static void addRequirements(Map<String, String> requirements, JsonNode node, Map<String, JsonNode> groups) {
        if (node.has("extends")) {
            addRequirements(requirements, groups.get(node.get("extends").asString()), groups);
        }
        for (JsonNode attribute : node.path("attributes")) {
            if (attribute.has("ref_group")) {
                addRequirements(
                        requirements, groups.get(attribute.get("ref_group").asString()), groups);
                continue;
            }
            JsonNode level = attribute.path("requirement_level");
            String name = attribute.get("ref").asString();
            requirements.putIfAbsent(name, "recommended");
            if (!level.isMissingNode()) {
                requirements.put(
                        name,
                        level.isObject() ? level.propertyNames().iterator().next() : level.asString());
            }
        }
    }
}
