package dev.llmops.slo.prometheus;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the server answered to an instant query.
 *
 * @param samples the vector, without values that are no number
 * @param warnings what the server thinks of its own answer
 * @param problem why there is no answer; empty if there is one
 */
record QueryAnswer(List<Sample> samples, List<String> warnings, String problem) {

    record Sample(Map<String, String> labels, double value) {}

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

    private static Map<Dimension, String> group(Objective objective, Sample sample) {
        Map<Dimension, String> group = new EnumMap<>(Dimension.class);
        for (Dimension dimension : objective.groupBy()) {
            group.put(dimension, sample.labels().getOrDefault(dimension.label(), ""));
        }
        return Collections.unmodifiableMap(group);
    }

    /** The counts of a named part; nothing unless both are there. */
    Counts counts(Objective objective, Map<Dimension, String> group, String name) {
        return objective.indicator().isBinary()
                ? wholeCounts(objective, group, name)
                : counts(value(objective, group, "bad:" + name), value(objective, group, "total:" + name));
    }

    private Counts wholeCounts(Objective objective, Map<Dimension, String> group, String name) {
        return counts(
                Math.rint(value(objective, group, "bad:" + name)), Math.rint(value(objective, group, "total:" + name)));
    }

    /** The counts of a named part of an answer without groups. */
    Counts wholeCounts(String name) {
        return counts(Math.rint(plain("bad:" + name)), Math.rint(plain("total:" + name)));
    }

    private static Counts counts(double bad, double total) {
        // rate() extrapolates, which can lift a count of few events by a part of one.
        return bad >= 0 && total > 0 ? new Counts(Math.min(bad, total), total) : Counts.NONE;
    }

    /** The only value of a group, as a share. */
    double share(Objective objective, Map<Dimension, String> group) {
        for (Sample sample : samples) {
            if (group(objective, sample).equals(group)) {
                return Math.max(0, Math.min(1, sample.value()));
            }
        }
        return 0;
    }

    private double value(Objective objective, Map<Dimension, String> group, String part) {
        for (Sample sample : samples) {
            boolean meant = PrometheusReader.partOf(sample.labels()).equals(part)
                    && group(objective, sample).equals(group);
            if (meant) {
                return sample.value();
            }
        }
        return Double.NaN;
    }

    private double plain(String part) {
        for (Sample sample : samples) {
            if (PrometheusReader.partOf(sample.labels()).equals(part)) {
                return sample.value();
            }
        }
        return Double.NaN;
    }
}
