package dev.llmops.release.internal;

import dev.llmops.release.internal.statistics.QuantileRatio;
import dev.llmops.release.stats.Interval;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Counts of a latency's values by the buckets of {@link Series#bucket}. Not thread-safe. */
public final class LatencyHistogram {

    private final NavigableMap<Integer, Long> counts = new TreeMap<>();

    /** Creates a histogram of nothing. */
    public LatencyHistogram() {}

    /**
     * Adds values of one bucket.
     *
     * @param series the name of the bucket's series
     * @param n how many values
     */
    public void add(String series, long n) {
        counts.merge(Integer.parseInt(series.substring(series.lastIndexOf('/') + 1)), n, Long::sum);
    }

    /**
     * Returns a quantile, as precise as the buckets of 9 %.
     *
     * @param quantileRatio the quantile, in (0, 1)
     * @return milliseconds, empty without values
     */
    public OptionalDouble quantileMillis(double quantileRatio) {
        long n = counts.values().stream().mapToLong(Long::longValue).sum();
        double left = quantileRatio * n;
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            if (left <= bucket.getValue()) {
                double within = left / bucket.getValue();
                double from = Series.lowerEdgeMillis(bucket.getKey());
                return OptionalDouble.of(from + within * (Series.lowerEdgeMillis(bucket.getKey() + 1) - from));
            }
            left -= bucket.getValue();
        }
        return OptionalDouble.empty();
    }

    /**
     * Returns the bootstrap interval of the ratio of this latency's quantile and another's, for one look; rounded outwards to
     * buckets of 9 %.
     *
     * @param reference the latency by whose quantile this one's is divided
     * @param quantileRatio the quantile, in (0, 1)
     * @param alpha level of each side, in (0, ½)
     * @return the interval, from 0 to infinity where one has no values
     */
    public Interval ratioInterval(LatencyHistogram reference, double quantileRatio, double alpha) {
        return QuantileRatio.bootstrap(counts, reference.counts, quantileRatio, Series.BUCKET_RATIO, alpha);
    }
}
