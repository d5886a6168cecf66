package dev.llmops.quality.drift;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bins between quantiles of the reference. The first and the last are open towards infinity, each is closed on the left,
 * and NaN counts as missing. Immutable.
 */
final class NumericBins implements Binning {

    /** The number of bins that {@link #ofQuantiles} aims at by default. */
    static final int DEFAULT_BINS = 10;

    /** The largest number of bins. */
    static final int MAX_BINS = 20;

    private final double[] edges;
    private final double[] centres;

    private NumericBins(double[] edges, double[] centres) {
        this.edges = edges;
        this.centres = centres;
    }

    /**
     * Returns bins with given edges.
     *
     * @param edges strictly ascending, finite
     * @param centres a representative value per bin, one more than there are edges, for the Wasserstein distance
     * @return the bins
     * @throws IllegalArgumentException if the edges are not strictly ascending, or the numbers do not fit
     */
    static NumericBins of(double[] edges, double[] centres) {
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i - 1] < edges[i])) {
                throw new IllegalArgumentException("edges must be strictly ascending, but were "
                        + Arrays.toString(edges) + "; take them from NumericBins.ofQuantiles");
            }
        }
        if (edges.length == 0 || centres.length != edges.length + 1) {
            throw new IllegalArgumentException("there must be an edge, and one centre more than edges, but there are "
                    + edges.length + " edges and " + centres.length + " centres");
        }
        return new NumericBins(edges.clone(), centres.clone());
    }

    /**
     * Returns bins that hold about equally many values of a sample each. Equal edges merge, so a sample with ties gets
     * fewer bins.
     *
     * @param sample values of the reference; NaN is left out
     * @param bins the number of bins to aim at, 2 to {@value #MAX_BINS}
     * @return the bins
     * @throws IllegalArgumentException if the number of bins is out of range, or the sample holds no finite value
     */
    static NumericBins ofQuantiles(double[] sample, int bins) {
        if (bins < 2 || bins > MAX_BINS) {
            throw new IllegalArgumentException(
                    "bins is out of range (" + bins + ") — 2 to " + MAX_BINS + " — 10 is customary");
        }
        double[] sorted = Arrays.stream(sample)
                .filter(Double::isFinite)
                .map(v -> v + 0.0)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException(
                    "the reference must hold a finite value, but has none; leave the feature out of the profile");
        }
        double[] edges = IntStream.range(1, bins)
                .mapToDouble(i -> sorted[(int) ((long) i * sorted.length / bins)])
                .filter(edge -> edge > sorted[0])
                .distinct()
                .toArray();
        // Less than a constant is as much a difference as more.
        double[] used = edges.length > 0 ? edges : new double[] {sorted[0], Math.nextUp(sorted[0])};
        return new NumericBins(used, centres(sorted, used));
    }

    /** The mean of the sample's values in each bin, and the bin's inner edge where it has none. */
    private static double[] centres(double[] sorted, double[] edges) {
        double[] sums = new double[edges.length + 1];
        long[] counts = new long[edges.length + 1];
        for (double value : sorted) {
            int bin = bin(edges, value);
            sums[bin] += value;
            counts[bin]++;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts[i] > 0 ? sums[i] / counts[i] : edges[Math.max(0, i - 1)];
        }
        return sums;
    }

    @Override
    public int size() {
        return edges.length + 2;
    }

    /**
     * Returns the bin of a value.
     *
     * @param value the value; NaN is missing
     * @return the index of its bin
     */
    int bin(double value) {
        return Double.isNaN(value) ? missingBin() : bin(edges, value);
    }

    /** A linear search: there are few edges, and -0.0 must equal 0.0. */
    private static int bin(double[] edges, double value) {
        int bin = 0;
        while (bin < edges.length && value >= edges[bin]) {
            bin++;
        }
        return bin;
    }

    /**
     * Returns the edges.
     *
     * @return a copy, strictly ascending
     */
    double[] edges() {
        return edges.clone();
    }

    /** Returns true for the same edges and centres. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NumericBins bins
                && Arrays.equals(edges, bins.edges)
                && Arrays.equals(centres, bins.centres);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    /**
     * Returns a representative value per bin, without the bin for missing values.
     *
     * @return a copy, ascending
     */
    double[] centres() {
        return centres.clone();
    }
}
