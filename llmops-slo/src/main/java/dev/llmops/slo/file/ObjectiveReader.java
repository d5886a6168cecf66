package dev.llmops.slo.file;

import dev.llmops.core.record.Decimals;
import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.CallFilter;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.ObjectiveBuilder;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.internal.ConfigNode;
import dev.llmops.slo.internal.LineIndex;
import dev.llmops.slo.internal.Yaml;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the module's own file format; the schema in {@code objectives.schema.json} describes it. */
final class ObjectiveReader {

    /** The version that a file must name: {@value}. */
    static final String VERSION = "llmops.slo/v1";

    private final List<String> problems = new ArrayList<>();

    /** Finds where a reader of YAML stumbled. */
    private static final Pattern LINE = Pattern.compile("line (\\d+), column");

    /** For each exclusion of the file, whether it has no problems and so is in the set. */
    private final List<Boolean> exclusions = new ArrayList<>();

    private ObjectiveReader() {}

    /** Reads a text; {@code source} is the file it is from, or empty. */
    static ObjectiveSet read(String yaml, String source) {
        return new ObjectiveReader().readFile(yaml, source);
    }

    private ObjectiveSet readFile(String yaml, String source) {
        String name = source.isEmpty() ? "file" : source;
        List<JsonNode> documents;
        try {
            documents = Yaml.readAll(yaml);
        } catch (IllegalArgumentException e) {
            throw new InvalidObjectivesException(List.of(notYaml(name, source, e)));
        }
        if (documents.size() != 1 || !documents.get(0).isObject()) {
            throw new InvalidObjectivesException(List.of(name + " holds " + documents.size() + " documents"
                    + (documents.size() == 1 ? ", which is no mapping" : "")
                    + " — one mapping — begin it with version: "
                    + VERSION));
        }
        ConfigNode file = ConfigNode.root(documents.get(0), "", problem -> problems.add(problem.toString()));
        String version = file.required("version", VERSION);
        if (version != null && !version.equals(VERSION)) {
            file.report("version", "is '" + version + "' — " + VERSION);
        }
        String service = file.text("service", "");
        ObjectiveSet set = new ObjectiveSet(
                all(file, "objectives", node -> objective(node, service)),
                all(file, "eventRules", ObjectiveReader::eventRule),
                all(file, "composites", CompositeFormat::read),
                all(file, "exclusions", this::exclusion));
        file.rejectUnknown();
        if (file.isEmptyList("objectives") || (!file.has("objectives") && !file.has("eventRules"))) {
            file.report("objectives", "is empty — at least one objective or event rule is needed — add one");
        }
        // An objective with problems is not in the set, and must not be missed by those that name it.
        boolean isComplete =
                set.objectives().size() == file.children("objectives").size();
        Lint.check(set).stream()
                .filter(finding -> finding.code().isError())
                .filter(finding -> isComplete || finding.code() != Lint.Code.UNKNOWN_NAME)
                .forEach(finding -> problems.add(located(finding, documents.get(0))));
        if (!problems.isEmpty()) {
            LineIndex lines = LineIndex.of(yaml);
            String prefix = source.isEmpty() ? "line " : source + ":";
            throw new InvalidObjectivesException(problems.stream()
                    .map(problem -> prefix + lines.lineOf(problem.split(" ", 2)[0]) + ": " + problem)
                    .toList());
        }
        return set;
    }

    /** The line first, as in every other problem. */
    private static String notYaml(String name, String source, IllegalArgumentException e) {
        Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
        String place = source.isEmpty() ? "line " : source + ":";
        if (line.find()) {
            return place + line.group(1) + ": " + e.getMessage();
        }
        if (e.getCause() instanceof JacksonException cause && cause.getLocation() != null) {
            return place + cause.getLocation().getLineNr() + ": " + e.getMessage();
        }
        return name + " " + e.getMessage();
    }

    private @Nullable Exclusion exclusion(ConfigNode node) {
        Exclusion exclusion = ExclusionFormat.read(node);
        exclusions.add(exclusion != null);
        return exclusion;
    }

    /** Reads one element of a list; null where it has problems. */
    private interface Element<T> {
        @Nullable
        T read(ConfigNode node);
    }

    private static <T> List<T> all(ConfigNode file, String list, Element<T> reader) {
        List<T> all = new ArrayList<>();
        for (ConfigNode node : file.children(list)) {
            T element = reader.read(node);
            if (element != null) {
                all.add(element);
            }
        }
        return all;
    }

    private String located(Lint.Finding finding, JsonNode file) {
        if (!finding.slo().startsWith(CompositeLint.EXCLUSIONS)) {
            return place(finding.slo(), file) + " " + finding;
        }
        int among = Integer.parseInt(finding.slo().replaceAll("\\D", ""));
        int[] read =
                IntStream.range(0, exclusions.size()).filter(exclusions::get).toArray();
        return CompositeLint.EXCLUSIONS + read[among] + "] " + finding.code() + ": " + finding.message();
    }

    /** The path of the objective, composite or event rule of a name. */
    private static String place(String name, JsonNode file) {
        for (String list : List.of("objectives", "eventRules", "composites")) {
            JsonNode elements = file.path(list);
            for (int i = elements.size() - 1; i >= 0; i--) {
                if (elements.get(i).path("name").asString("").equals(name)) {
                    return list + "[" + i + "]";
                }
            }
        }
        return "objectives";
    }

    private @Nullable Objective objective(ConfigNode node, String service) {
        ObjectiveBuilder named = node.as("name", node.required("name", "availability"), Objective::builder);
        // The rest is read all the same, so that all problems are reported together.
        ObjectiveBuilder objective = named == null ? Objective.builder("unnamed") : named;
        ConfigNode indicatorNode = node.child("indicator");
        if (indicatorNode == null) {
            node.report("indicator", "is missing — any indicator — write for example indicator: {type: availability}");
        }
        Indicator indicator = indicatorNode == null ? null : IndicatorFormat.read(indicatorNode);
        BigDecimal target = node.as("target", node.required("target", "99.9%"), ObjectiveReader::ratio);
        objective
                .displayName(node.text("displayName", ""))
                .service(node.text("service", service))
                .description(node.text("description", ""))
                .filter(filter(node));
        if (indicator != null) {
            objective.indicator(indicator);
        }
        if (target != null) {
            set(node, "target", () -> objective.target(target));
        }
        SloWindow window = WindowFormat.read(node);
        if (window != null) {
            objective.window(window);
        }
        objective.groupBy(dimensions(node));
        Integer limit = node.integer("groupLimit");
        if (limit != null) {
            set(node, "groupLimit", () -> objective.groupLimit(limit));
        }
        Duration delay = node.as("evaluationDelay", node.text("evaluationDelay"), Durations::parse);
        if (delay != null) {
            set(node, "evaluationDelay", () -> objective.evaluationDelay(delay));
        }
        BigDecimal traffic = node.number("expectedEventsPerHour");
        if (traffic != null) {
            set(node, "expectedEventsPerHour", () -> objective.expectedEventsPerHour(traffic.doubleValue()));
        }
        SloWindow effective = window == null ? SloWindow.THIRTY_DAYS : window;
        AlertPolicy alerts = AlertFormat.read(node, effective, target);
        if (alerts != null) {
            objective.alerts(alerts);
        }
        MetricSource source = SourceFormat.read(node);
        if (source != null) {
            objective.source(source);
        }
        node.textsByKey("labels").forEach(objective::label);
        node.textsByKey("annotations").forEach(objective::annotation);
        node.rejectUnknown();
        return named == null || indicator == null || target == null ? null : build(objective);
    }

    private static @Nullable Objective build(ObjectiveBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            return null; // a part is missing, and was reported where it belongs
        }
    }

    private static void set(ConfigNode node, String key, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            node.report(key, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable EventRule eventRule(ConfigNode node) {
        String name = node.required("name", "no-leak");
        String description = node.text("description", "");
        String severity = node.text("severity", AlertTier.PAGE);
        Set<String> risks = new LinkedHashSet<>(node.texts("risk"));
        Set<String> actions = new LinkedHashSet<>(node.texts("actions"));
        CallFilter filter = filter(node);
        Duration window = node.has("window")
                ? node.as("window", node.text("window"), Durations::parse)
                : EventRule.DEFAULT_WINDOW;
        node.rejectUnknown();
        if (name == null || window == null) {
            return null;
        }
        return node.as("", name, n -> new EventRule(n, description, severity, risks, actions, filter, window));
    }

    private static CallFilter filter(ConfigNode node) {
        ConfigNode filter = node.child("filter");
        Map<Dimension, Set<String>> allowed = new TreeMap<>();
        if (filter != null) {
            for (String key : filter.keys()) {
                Dimension dimension = filter.as(key, key, ObjectiveReader::dimension);
                Set<String> values = new LinkedHashSet<>(filter.texts(key));
                if (values.isEmpty()) {
                    filter.report(key, "is empty — one value or more — leave it out for all");
                } else if (dimension != null) {
                    allowed.put(dimension, values);
                }
            }
        }
        return CallFilter.of(allowed);
    }

    private static Dimension[] dimensions(ConfigNode node) {
        List<Dimension> dimensions = new ArrayList<>();
        for (String label : node.texts("groupBy")) {
            Dimension dimension = node.as("groupBy", label, Dimension::of);
            if (dimension != null) {
                dimensions.add(dimension);
            }
        }
        return dimensions.toArray(new Dimension[0]);
    }

    private static Dimension dimension(String label) {
        Dimension dimension = Dimension.of(label);
        if (dimension.isFree()) {
            throw new IllegalArgumentException(
                    "is unknown — filters take " + Dimension.ofCalls() + " — group by a label of your own instead");
        }
        return dimension;
    }

    /** A ratio, as 0.999 or 99.9%. */
    static BigDecimal ratio(String text) {
        try {
            return text.endsWith("%")
                    ? Decimals.parse(text.substring(0, text.length() - 1).strip())
                            .movePointLeft(2)
                    : Decimals.parse(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is '" + text + "' — a share such as 99.9% or 0.999", e);
        }
    }
}
