package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.internal.LatencyHistogram;
import dev.llmops.release.internal.Series;
import dev.llmops.release.stats.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Holds all that a verdict on a release depends on: whole sums per stage, arm and metric. Immutable. Adding is associative and
 * commutative, so that shards of a fleet, files and hours can be added in any order, and the evidence of the whole is equal
 * to the sum of its parts.
 *
 * @since 0.1.0
 */
public final class GateEvidence {

    /**
     * Names what is summed.
     *
     * @param stage the stage in which the unit was assigned
     * @param series a metric, or a series that is derived from it, such as the exceedances of its lines
     * @param arm the arm that was assigned
     */
    public record Key(String stage, String series, Arm arm) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byStage = stage.compareTo(other.stage);
            int bySeries = byStage != 0 ? byStage : series.compareTo(other.series);
            return bySeries != 0 ? bySeries : arm.compareTo(other.arm);
        }
    }

    private final String changeId;
    private final PackedSums sums;
    private final NavigableMap<String, Long> notCounted;

    private GateEvidence(String changeId, SortedMap<Key, MetricSums> sums, NavigableMap<String, Long> notCounted) {
        this.changeId = changeId;
        this.sums = PackedSums.of(sums);
        this.notCounted = Collections.unmodifiableNavigableMap(notCounted);
    }

    /**
     * Returns evidence from sums.
     *
     * @param changeId the release
     * @param sums the sums
     * @param notCounted calls that were left out, by reason
     * @return the evidence
     */
    public static GateEvidence of(String changeId, Map<Key, MetricSums> sums, Map<String, Long> notCounted) {
        return new GateEvidence(changeId, new TreeMap<>(sums), new TreeMap<>(notCounted));
    }

    /**
     * Returns evidence of nothing.
     *
     * @param changeId the release
     * @return empty evidence
     */
    public static GateEvidence empty(String changeId) {
        return of(changeId, Map.of(), Map.of());
    }

    /**
     * Adds other evidence on the same release.
     *
     * @param other evidence from other calls
     * @return the evidence of both
     * @throws IllegalArgumentException if the other evidence is on another release
     */
    public GateEvidence plus(GateEvidence other) {
        if (!changeId.equals(other.changeId)) {
            throw new IllegalArgumentException("evidence is on another release ('" + other.changeId
                    + "') — it must be on '" + changeId + "' — add up the evidence of one release at a time");
        }
        NavigableMap<Key, MetricSums> added = copyOfSums();
        other.forEach((key, more) -> added.merge(key, more, MetricSums::plus));
        NavigableMap<String, Long> left = new TreeMap<>(notCounted);
        other.notCounted.forEach((reason, calls) -> left.merge(reason, calls, Long::sum));
        return new GateEvidence(changeId, added, left);
    }

    /**
     * Returns the release.
     *
     * @return its id
     */
    public String changeId() {
        return changeId;
    }

    /**
     * Passes on all sums. Evidence keeps them in a form that takes few bytes, so this is quicker than asking for each.
     *
     * @param action is given each sum with its name, in a fixed order
     */
    public void forEach(BiConsumer<Key, MetricSums> action) {
        sums.forEach(action);
    }

    private NavigableMap<Key, MetricSums> copyOfSums() {
        NavigableMap<Key, MetricSums> copy = new TreeMap<>();
        forEach(copy::put);
        return copy;
    }

    /**
     * Returns all sums.
     *
     * @return an unmodifiable map in a fixed order, a copy for each call
     */
    public NavigableMap<Key, MetricSums> sums() {
        return Collections.unmodifiableNavigableMap(copyOfSums());
    }

    /**
     * Returns the sums of one series.
     *
     * @param stage the stage
     * @param series the series
     * @param arm the arm
     * @return the sums, {@link MetricSums#NONE} where nothing was counted
     */
    public MetricSums sums(String stage, String series, Arm arm) {
        Key wanted = new Key(stage, series, arm);
        MetricSums[] found = {MetricSums.NONE};
        forEach((key, ofKey) -> found[0] = key.equals(wanted) ? ofKey : found[0]);
        return found[0];
    }

    /**
     * Returns the stages in which anything was counted.
     *
     * @return their names
     */
    public Set<String> stages() {
        Set<String> stages = new TreeSet<>();
        forEach((key, ofKey) -> stages.add(key.stage()));
        return stages;
    }

    /**
     * Returns the calls that were left out.
     *
     * @return their number by reason
     */
    public NavigableMap<String, Long> notCounted() {
        return notCounted;
    }

    /**
     * Returns a quantile of a latency over all stages, as precise as the histogram's buckets of 9 %.
     *
     * @param metric the latency
     * @param arm the arm
     * @param quantileRatio the quantile, in (0, 1)
     * @return milliseconds, empty without values
     */
    public OptionalDouble quantileMillis(String metric, Arm arm, double quantileRatio) {
        return histogram(metric, arm).quantileMillis(quantileRatio);
    }

    /**
     * Returns the bootstrap interval of the ratio of a latency's quantiles over all stages, for one look; rounded outwards to
     * buckets of 9 %.
     *
     * @param metric the latency
     * @param reference the arm by whose quantile the candidate's is divided
     * @param quantileRatio the quantile, in (0, 1)
     * @param alpha level of each side, in (0, ½)
     * @return the interval, from 0 to infinity where an arm has no values
     */
    public Interval quantileRatioInterval(String metric, Arm reference, double quantileRatio, double alpha) {
        return histogram(metric, Arm.CANDIDATE).ratioInterval(histogram(metric, reference), quantileRatio, alpha);
    }

    private LatencyHistogram histogram(String metric, Arm arm) {
        String prefix = Series.bucketPrefix(metric);
        LatencyHistogram histogram = new LatencyHistogram();
        forEach((key, ofKey) -> {
            if (key.arm() == arm && key.series().startsWith(prefix)) {
                histogram.add(key.series(), ofKey.n());
            }
        });
        return histogram;
    }

    /**
     * Writes the evidence as JSON; equal evidence gives equal text.
     *
     * @return the text
     */
    public String toJson() {
        return EvidenceJson.write(this);
    }

    /**
     * Reads evidence back.
     *
     * @param json what {@link #toJson()} gave
     * @return the evidence
     * @throws IllegalArgumentException if the text is no evidence
     */
    public static GateEvidence fromJson(String json) {
        return EvidenceJson.read(json);
    }

    /**
     * Returns the parts of the mix in which anything was counted in a stage.
     *
     * @param stage the stage
     * @return names of series
     */
    public List<String> mixSeries(String stage) {
        Set<String> series = new TreeSet<>();
        forEach((key, ofKey) -> {
            if (key.stage().equals(stage) && Series.isMix(key.series())) {
                series.add(key.series());
            }
        });
        return new ArrayList<>(series);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GateEvidence that
                && changeId.equals(that.changeId)
                && sums.equals(that.sums)
                && notCounted.equals(that.notCounted);
    }

    @Override
    public int hashCode() {
        return sums.hashCode();
    }

    @Override
    public String toString() {
        return "GateEvidence[" + changeId + ", " + sums().size() + " sums]";
    }
}
