package dev.llmops.slo.prometheus;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The answer of the server to one query.
 *
 * @param samples the vector, without values that are not a number
 * @param warnings the server's warnings about its own answer
 * @param problem the reason why there is no answer; empty if there is one
 */
record QueryAnswer(List<Sample> samples, List<String> warnings, String problem) {

    record Sample(Map<String, String> labels, long epochSecond, double value) {}

    static QueryAnswer failed(String problem) {
        return new QueryAnswer(List.of(), List.of(), problem);
    }

    List<String> notes(String what) {
        List<String> notes = new ArrayList<>();
        if (!problem.isEmpty()) {
            notes.add(what + " could not be read: " + problem);
        }
        warnings.forEach(warning -> notes.add("the answer for " + what + " is partial: " + warning));
        return notes;
    }

    Set<Map<Dimension, String>> groups(Objective objective) {
        Set<Map<Dimension, String>> groups = new LinkedHashSet<>();
        samples.forEach(sample -> groups.add(group(objective, sample)));
        return groups;
    }

    static Map<Dimension, String> group(Objective objective, Sample sample) {
        Map<Dimension, String> group = new TreeMap<>();
        for (Dimension dimension : objective.groupBy()) {
            group.put(dimension, sample.labels().getOrDefault(dimension.label(), ""));
        }
        return Collections.unmodifiableMap(group);
    }

    /** The value of a named part in a group. */
    OptionalDouble value(Objective objective, Map<Dimension, String> group, String part) {
        return samples.stream()
                .filter(sample -> PrometheusReader.partOf(sample.labels()).equals(part)
                        && group(objective, sample).equals(group))
                .mapToDouble(Sample::value)
                .findFirst();
    }

    /** The counts of a named part of an answer without groups; none unless both are there. */
    Counts wholeCounts(String name) {
        double bad = Math.rint(plain("bad:" + name));
        double total = Math.rint(plain("total:" + name));
        return bad >= 0 && total > 0 ? new Counts(Math.min(bad, total), total) : Counts.NONE;
    }

    private double plain(String part) {
        return samples.stream()
                .filter(sample -> PrometheusReader.partOf(sample.labels()).equals(part))
                .mapToDouble(Sample::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The first value of a group; empty where there is none. */
    OptionalDouble first(Objective objective, Map<Dimension, String> group) {
        return samples.stream()
                .filter(sample -> group(objective, sample).equals(group))
                .mapToDouble(Sample::value)
                .findFirst();
    }
}
