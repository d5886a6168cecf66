package dev.llmops.release.evidence;

import dev.llmops.release.internal.Series;
import dev.llmops.release.internal.statistics.ScaledExceedance;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Kind;
import dev.llmops.release.policy.MetricRule.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each series of a policy a place in arrays, and works out the thresholds of its lines, so that no name is made or looked
 * up for a call. Immutable.
 */
final class CountedSeries {

    /** The place of the units. */
    static final int UNITS = 0;
    /** The place of the pairs. */
    static final int PAIRS = 1;
    /** The histograms of the mix; those of latencies follow. */
    static final int FEATURES = 0;

    static final int OPERATIONS = 1;
    static final int INPUT_TOKENS = 2;

    private final List<String> counts = new ArrayList<>(List.of(Series.UNITS, Series.pairs(Series.UNITS)));
    private final List<String> values = new ArrayList<>();
    private final List<String> histograms = new ArrayList<>(
            List.of(Series.mixPrefix("feature"), Series.mixPrefix("operation"), Series.mixPrefix("input_tokens")));
    private final Map<String, Integer> risks = new HashMap<>();
    private final List<Metric> metrics = new ArrayList<>();

    /**
     * A metric with its places.
     *
     * @param place of its counts, or of its values
     * @param pairs the place of its pairs
     * @param histogram the place of its histogram
     */
    record Metric(MetricRule rule, int place, int pairs, int histogram, List<Line> lines) {}

    /** A threshold whose exceedances are counted. */
    record Line(int place, double ofCandidate, double ofReference) {

        boolean isExceeded(CallFacts call, double value) {
            return value > (call.arm().isCandidateVersion() ? ofCandidate : ofReference);
        }
    }

    CountedSeries(GatePolicy policy, GateProfile profile) {
        policy.stopOn().forEach(type -> risks.put(type, place(counts, Series.risk(type))));
        for (MetricRule rule : policy.metrics()) {
            Double threshold = profile.quantilesMillis().get(rule.metric());
            if (rule.kind() != Kind.QUANTILE || threshold != null) {
                List<Line> lines = new ArrayList<>();
                for (Severity severity : Severity.values()) {
                    Limit limit = rule.limit(severity);
                    if (limit != null && limit.ratio() != null) {
                        addLines(rule, severity, limit.ratio(), threshold, profile.costQuantiles(), lines);
                    }
                }
                metrics.add(metric(rule, lines));
            }
        }
    }

    private void addLines(
            MetricRule rule,
            Severity severity,
            double ratio,
            @Nullable Double threshold,
            List<Double> costQuantiles,
            List<Line> lines) {
        if (rule.kind() == Kind.QUANTILE && threshold != null) {
            double floorMillis = rule.floor().toNanos() / 1e6;
            lines.add(line(Series.exceedance(rule.metric(), severity), threshold, ratio, floorMillis));
        }
        for (int i = 0; rule.kind() == Kind.MEAN && i < costQuantiles.size(); i++) {
            lines.add(line(Series.exceedance(rule.metric(), i, severity), costQuantiles.get(i), ratio, 0));
        }
    }

    private Line line(String series, double threshold, double ratio, double floor) {
        return new Line(place(counts, series), ScaledExceedance.candidateThreshold(threshold, ratio, floor), threshold);
    }

    private Metric metric(MetricRule rule, List<Line> lines) {
        boolean isLatency = rule.kind() == Kind.QUANTILE;
        return new Metric(
                rule,
                isLatency ? -1 : place(rule.kind() == Kind.MEAN ? values : counts, rule.metric()),
                rule.isPaired() ? place(counts, Series.pairs(rule.metric())) : -1,
                isLatency ? place(histograms, Series.bucketPrefix(rule.metric())) : -1,
                List.copyOf(lines));
    }

    private static int place(List<String> names, String name) {
        names.add(name);
        return names.size() - 1;
    }

    List<Metric> metrics() {
        return metrics;
    }

    /** The place of a risk that stops a release; null for others. */
    @Nullable
    Integer risk(String type) {
        return risks.get(type);
    }

    /** The names of what is counted, by place. */
    List<String> counts() {
        return counts;
    }

    /** The names of what is added up, by place. */
    List<String> values() {
        return values;
    }

    /** The beginnings of the names of a histogram's buckets, by place. */
    List<String> histograms() {
        return histograms;
    }
}
