package dev.llmops.slo.file;

import dev.llmops.core.io.TextFile;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Objectives, composites and event rules that are used together, with the time that is excluded from them; from code or
 * from a file.
 *
 * @param objectives the objectives
 * @param eventRules the event rules
 * @param composites the composites of the objectives
 * @param exclusions the spans of time whose events do not count
 * @since 0.1.0
 */
public record ObjectiveSet(
        List<Objective> objectives,
        List<EventRule> eventRules,
        List<CompositeObjective> composites,
        List<Exclusion> exclusions) {

    private static final String SCORES = "llm.evaluation.score";

    /** Copies the lists. */
    public ObjectiveSet {
        objectives = List.copyOf(objectives);
        eventRules = List.copyOf(eventRules);
        composites = List.copyOf(composites);
        exclusions = List.copyOf(exclusions);
    }

    /**
     * Creates a set without composites and exclusions.
     *
     * @param objectives the objectives
     * @param eventRules the event rules
     */
    public ObjectiveSet(List<Objective> objectives, List<EventRule> eventRules) {
        this(objectives, eventRules, List.of(), List.of());
    }

    /**
     * A set of objectives without event rules.
     *
     * @param objectives the objectives
     * @return the set
     */
    public static ObjectiveSet of(Objective... objectives) {
        return new ObjectiveSet(List.of(objectives), List.of());
    }

    /**
     * Reads objectives from YAML, or JSON, in the format that {@code docs/slo.md} describes.
     *
     * @param file the file, UTF-8
     * @return the set
     * @throws IOException if the file cannot be read or is not UTF-8
     * @throws InvalidObjectivesException naming everything that is wrong with it, by file, line and property
     */
    public static ObjectiveSet read(Path file) throws IOException {
        return ObjectiveReader.read(TextFile.read(file), file.toString());
    }

    /**
     * Reads objectives from the text of such a file.
     *
     * @param yaml the text
     * @return the set
     * @throws InvalidObjectivesException naming everything that is wrong with it
     */
    public static ObjectiveSet parse(String yaml) {
        return ObjectiveReader.read(yaml, "");
    }

    /**
     * Writes the set in the format that {@link #parse} reads.
     *
     * @return YAML
     */
    public String toYaml() {
        return ObjectiveWriter.toYaml(this);
    }

    /**
     * The latency thresholds of all objectives, so that histograms can have an edge at each.
     *
     * @return thresholds by what is timed, ascending; nothing for measures without a threshold
     */
    public Map<Indicator.Latency.Measure, SortedSet<Duration>> latencyThresholds() {
        Map<Indicator.Latency.Measure, SortedSet<Duration>> thresholds = new EnumMap<>(Indicator.Latency.Measure.class);
        for (Indicator indicator : plainIndicators()) {
            if (indicator instanceof Indicator.Latency latency) {
                thresholds
                        .computeIfAbsent(latency.measure(), measure -> new TreeSet<>())
                        .add(latency.threshold());
            }
        }
        return thresholds;
    }

    /**
     * The score minimums of all objectives.
     *
     * @return minimums by evaluation, ascending
     */
    public Map<String, SortedSet<Double>> scoreThresholds() {
        Map<String, SortedSet<Double>> thresholds = new TreeMap<>();
        for (Indicator indicator : plainIndicators()) {
            if (indicator instanceof Indicator.ScoreShare share) {
                thresholds
                        .computeIfAbsent(share.evaluation(), evaluation -> new TreeSet<>())
                        .add(share.minimum());
            }
        }
        return thresholds;
    }

    /**
     * Returns the edges that histograms of the golden signals need, so that the share of events within each threshold can be
     * read off exactly: for {@code GoldenSignals.builder().histogramEdges(…)} of {@code llmops-metrics}.
     *
     * @return edges in the histogram's unit, ascending, by the meter's name; nothing for meters without a threshold
     */
    public Map<String, SortedSet<Double>> histogramEdges() {
        Map<String, SortedSet<Double>> edges = new TreeMap<>();
        latencyThresholds()
                .forEach((measure, thresholds) -> thresholds.forEach(
                        threshold -> edges.computeIfAbsent(meterOf(measure), meter -> new TreeSet<>())
                                .add(threshold.toNanos() / 1e9)));
        scoreThresholds()
                .values()
                .forEach(minimums ->
                        edges.computeIfAbsent(SCORES, meter -> new TreeSet<>()).addAll(minimums));
        return edges;
    }

    private static String meterOf(Indicator.Latency.Measure measure) {
        return switch (measure) {
            case DURATION -> "llm.request.latency";
            case TIME_TO_FIRST_TOKEN -> "llm.time.to.first.token";
            case TIME_PER_OUTPUT_TOKEN -> "llm.time.per.output.token";
        };
    }

    private Collection<Indicator> plainIndicators() {
        List<Indicator> plain = new ArrayList<>();
        for (Objective objective : objectives) {
            if (objective.indicator() instanceof Indicator.Goodput goodput) {
                plain.addAll(goodput.parts());
            } else {
                plain.add(objective.indicator());
            }
        }
        return plain;
    }
}
