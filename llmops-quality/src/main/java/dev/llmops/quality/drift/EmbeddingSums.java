package dev.llmops.quality.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums over embeddings and their random features, from which discrepancies are computed: mergeable, of fixed size.
 * Immutable.
 *
 * @param count the number of embeddings
 * @param sum the sum of the embeddings
 * @param featureSum the sum of their features, Σφ
 * @param featureNorms the sum of the squared norms of their features, Σ‖φ‖²
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its sums, never by equals
public record EmbeddingSums(long count, double[] sum, double[] featureSum, double featureNorms) {

    static EmbeddingSums none(int dimensions) {
        return new EmbeddingSums(0, new double[dimensions], new double[RandomFeatures.COUNT], 0);
    }

    static EmbeddingSums of(RandomFeatures projection, float[][] embeddings) {
        EmbeddingCells cells = new EmbeddingCells(projection);
        for (float[] embedding : embeddings) {
            cells.add(embedding);
        }
        return cells.snapshot();
    }

    /**
     * Merges with the sums of another instance, or of another window.
     *
     * @param other the other sums, of the same projection
     * @return the sums of both
     */
    public EmbeddingSums plus(EmbeddingSums other) {
        return combined(other, 1);
    }

    EmbeddingSums minus(EmbeddingSums other) {
        return combined(other, -1);
    }

    private EmbeddingSums combined(EmbeddingSums other, int sign) {
        return new EmbeddingSums(
                count + sign * other.count,
                combined(sum, other.sum, sign),
                combined(featureSum, other.featureSum, sign),
                featureNorms + sign * other.featureNorms);
    }

    private static double[] combined(double[] one, double[] two, int sign) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] + sign * two[i])
                .toArray();
    }

    /**
     * Returns the unbiased estimate of the squared maximum mean discrepancy,
     * (‖Σφₓ‖² − Σ‖φₓ‖²)/(n(n−1)) + the same for y − 2·Σφₓ·Σφᵧ/(nm) (Gretton et al. 2012).
     *
     * @param other the other sums, of the same projection; both sides must hold at least two embeddings
     * @return the estimate; about 0, also below, if nothing changed
     */
    public double squaredDiscrepancy(EmbeddingSums other) {
        return within() + other.within() - 2 * dot(featureSum, other.featureSum) / ((double) count * other.count);
    }

    private double within() {
        return (dot(featureSum, featureSum) - featureNorms) / ((double) count * (count - 1));
    }

    /**
     * Returns the cosine of the angle between the two mean embeddings: a figure for people, not a test.
     *
     * @param other the other sums
     * @return the cosine, in −1..1
     */
    public double centroidCosine(EmbeddingSums other) {
        return dot(sum, other.sum) / Math.sqrt(dot(sum, sum) * dot(other.sum, other.sum));
    }

    private static double dot(double[] one, double[] two) {
        return IntStream.range(0, one.length).mapToDouble(i -> one[i] * two[i]).sum();
    }

    @Override
    public String toString() {
        return "EmbeddingSums[count=" + count + ", dimensions=" + sum.length + ", featureNorm="
                + Math.sqrt(Arrays.stream(featureSum).map(x -> x * x).sum()) + "]";
    }
}
