package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the calls of one arm in one stage, in arrays by the places of {@link CountedSeries}. Not thread-safe. */
final class ArmSums {

    private final CountedSeries series;
    /** The number of units and of bad ones, for each place. */
    private final long[] counts;

    private final ValueSums[] values;
    private final Buckets[] histograms;
    /** Counts, and those of bad ones, by names that no policy knows. */
    private final Map<String, long[]> others = new TreeMap<>();

    ArmSums(CountedSeries series) {
        this.series = series;
        this.counts = new long[2 * series.counts().size()];
        this.values = new ValueSums[series.values().size()];
        Arrays.setAll(values, place -> new ValueSums());
        this.histograms = new Buckets[series.histograms().size()];
        Arrays.setAll(histograms, place -> new Buckets());
    }

    void count(int place, boolean bad) {
        counts[2 * place]++;
        counts[2 * place + 1] += bad ? 1 : 0;
    }

    void count(String name, boolean bad) {
        long[] count = others.computeIfAbsent(name, n -> new long[2]);
        count[0]++;
        count[1] += bad ? 1 : 0;
    }

    void addValue(int place, double value) {
        values[place].add(value);
    }

    void addToBucket(int histogram, int bucket) {
        histograms[histogram].add(bucket);
    }

    /** Gives what is not empty its name. */
    void copyTo(Map<GateEvidence.Key, MetricSums> sums, String stage, Arm arm) {
        for (int place = 0; 2 * place < counts.length; place++) {
            addCount(sums, stage, series.counts().get(place), arm, counts[2 * place], counts[2 * place + 1]);
        }
        for (int place = 0; place < values.length; place++) {
            if (values[place].n > 0) {
                sums.put(new GateEvidence.Key(stage, series.values().get(place), arm), values[place].sums());
            }
        }
        for (int place = 0; place < histograms.length; place++) {
            Buckets buckets = histograms[place];
            for (int i = 0; i < buckets.counts.length; i++) {
                addCount(sums, stage, series.histograms().get(place) + (buckets.first + i), arm, buckets.counts[i], 0);
            }
        }
        others.forEach((name, count) -> addCount(sums, stage, name, arm, count[0], count[1]));
    }

    private static void addCount(
            Map<GateEvidence.Key, MetricSums> sums, String stage, String name, Arm arm, long n, long bad) {
        if (n > 0) {
            sums.put(new GateEvidence.Key(stage, name, arm), new MetricSums(n, bad, 0, BigInteger.ZERO));
        }
    }

    /** Counts by bucket, from the first to the last that has any. */
    private static final class Buckets {

        private int first;
        private long[] counts = {};

        void add(int bucket) {
            if (counts.length == 0) {
                first = bucket;
            }
            int before = Math.max(0, first - bucket);
            int length = Math.max(counts.length, bucket - first + 1) + before;
            if (length > counts.length) {
                long[] wider = new long[length];
                System.arraycopy(counts, 0, wider, before, counts.length);
                counts = wider;
                first -= before;
            }
            counts[bucket - first]++;
        }
    }

    /** The sum of values in billionths and of their squares, which are 128 bits wide as long as they fit. */
    private static final class ValueSums {

        private static final long NEARLY_FULL = 1L << 61;

        private long n;
        private long sumNanos;
        private long squaresHigh;
        private long squaresLow;
        private BigInteger squaresBefore = BigInteger.ZERO;

        void add(double value) {
            long nanos = MetricSums.nanos(value);
            n++;
            sumNanos = MetricSums.sum(sumNanos, nanos);
            if (squaresHigh >= NEARLY_FULL) {
                squaresBefore = squares();
                squaresHigh = 0;
                squaresLow = 0;
            }
            long low = nanos * nanos;
            squaresLow += low;
            boolean carries = Long.compareUnsigned(squaresLow, low) < 0;
            squaresHigh += Math.multiplyHigh(nanos, nanos) + (carries ? 1 : 0);
        }

        private BigInteger squares() {
            return BigInteger.valueOf(squaresHigh)
                    .shiftLeft(Long.SIZE)
                    .add(new BigInteger(Long.toUnsignedString(squaresLow)))
                    .add(squaresBefore);
        }

        MetricSums sums() {
            return new MetricSums(n, 0, sumNanos, squares());
        }
    }
}
