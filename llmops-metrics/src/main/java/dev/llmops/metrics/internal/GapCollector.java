package dev.llmops.metrics.internal;

import dev.llmops.core.stream.InterTokenHistogram;
import dev.llmops.core.stream.InterTokenTotals;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A family of histograms that take the gaps of a whole call at once, which the client's own histogram cannot: adding a
 * call costs one step per bucket that it touched, not one per token.
 *
 * <p>A series keeps one array of fine buckets. Classic and native buckets are both derived from one reading of it when
 * it is scraped, so that they always agree with each other, and with the count.
 *
 * <p>See docs/decisions/metrics.md#gaps-between-tokens-go-to-the-back-ends-in-bulk.
 */
final class GapCollector implements Collector {

    /** Sixteen native buckets per power of two: about as fine (4.4 %) as what they are derived from (3.1 %). */
    static final int NATIVE_SCHEMA = 4;

    private static final double NATIVE_BUCKETS_PER_OCTAVE = 1 << NATIVE_SCHEMA;

    private final String name;
    private final String description;
    private final double[] upperBounds;
    private final ConcurrentMap<Labels, Series> series = new ConcurrentHashMap<>();

    GapCollector(String name, String description, double[] edges) {
        this.name = name;
        this.description = description;
        this.upperBounds = Arrays.copyOf(edges, edges.length + 1);
        this.upperBounds[edges.length] = Double.POSITIVE_INFINITY;
    }

    Series series(Labels labels) {
        return series.computeIfAbsent(labels, Series::new);
    }

    @Override
    public MetricSnapshot collect() {
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(name).help(description).unit(Unit.SECONDS);
        series.values().forEach(one -> snapshot.dataPoint(one.snapshot(upperBounds)));
        return snapshot.build();
    }

    @Override
    public MetricFamilyDescriptor getMetricFamilyDescriptor() {
        return MetricFamilyDescriptor.histogram(name)
                .help(description)
                .unit(Unit.SECONDS)
                .build();
    }

    /** The gaps under one set of labels. */
    static final class Series {

        private final Labels labels;
        private final long createdAtMillis = System.currentTimeMillis();
        private final InterTokenTotals totals = new InterTokenTotals();
        private volatile @Nullable Exemplar latest;

        private Series(Labels labels) {
            this.labels = labels;
        }

        void record(InterTokenHistogram gaps, Labels trace) {
            if (gaps.samples() == 0) {
                return;
            }
            totals.add(gaps);
            if (!trace.isEmpty()) {
                // The call's slowest gap: what one looks for when one follows an exemplar.
                latest = Exemplar.builder()
                        .value(Unit.nanosToSeconds(gaps.quantileNanos(1)))
                        .labels(trace)
                        .timestampMillis(System.currentTimeMillis())
                        .build();
            }
        }

        private HistogramSnapshot.HistogramDataPointSnapshot snapshot(double[] upperBounds) {
            InterTokenHistogram gaps = totals.snapshot();
            BucketSplit split = new BucketSplit(upperBounds);
            gaps.forEach(split);
            Exemplar exemplar = latest;
            return new HistogramSnapshot.HistogramDataPointSnapshot(
                    ClassicHistogramBuckets.of(upperBounds, split.classicCounts),
                    NATIVE_SCHEMA,
                    split.zeroCount,
                    0,
                    split.nativeBuckets(),
                    NativeHistogramBuckets.EMPTY,
                    Unit.nanosToSeconds(gaps.sumNanos()),
                    labels,
                    exemplar == null ? Exemplars.EMPTY : Exemplars.of(exemplar),
                    createdAtMillis);
        }
    }

    /** Sorts fine buckets into classic and native ones. */
    private static final class BucketSplit implements InterTokenHistogram.BucketConsumer {

        private final double[] upperBounds;
        private final long[] classicCounts;
        private final SortedMap<Integer, Long> nativeCounts = new TreeMap<>();
        private long zeroCount;

        BucketSplit(double[] upperBounds) {
            this.upperBounds = upperBounds;
            this.classicCounts = new long[upperBounds.length];
        }

        @Override
        public void accept(long valueNanos, long count) {
            double seconds = Unit.nanosToSeconds(valueNanos);
            int classic = Arrays.binarySearch(upperBounds, seconds);
            classicCounts[classic < 0 ? -classic - 1 : classic] += count;
            if (valueNanos == 0) {
                zeroCount += count;
            } else {
                nativeCounts.merge(nativeIndexOf(seconds), count, Long::sum);
            }
        }

        /** Bucket i holds values in (2^((i − 1) ÷ 16), 2^(i ÷ 16)]. */
        private static int nativeIndexOf(double seconds) {
            return (int) Math.ceil(Math.log(seconds) / Math.log(2) * NATIVE_BUCKETS_PER_OCTAVE);
        }

        NativeHistogramBuckets nativeBuckets() {
            NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
            nativeCounts.forEach(buckets::bucket);
            return buckets.build();
        }
    }
}
