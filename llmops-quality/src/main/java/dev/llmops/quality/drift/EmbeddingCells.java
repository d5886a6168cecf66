package dev.llmops.quality.drift;

/**
 * Adds up embeddings as they come. Thread-safe; the projection is computed outside the lock.
 *
 * <p>See docs/decisions/quality.md#sums-of-embeddings-are-exact.
 */
final class EmbeddingCells {

    /** Steps to which values are rounded, so that their sums are exact: 8 million features, 500 million components. */
    private static final double FEATURE_STEPS = 1L << 30;

    private static final double COMPONENT_STEPS = 1L << 24;

    private final RandomFeatures projection;
    private EmbeddingSums sums;

    EmbeddingCells(RandomFeatures projection) {
        this.projection = projection;
        this.sums = EmbeddingSums.none(projection.dimensions());
    }

    int dimensions() {
        return projection.dimensions();
    }

    void add(float[] embedding) {
        double[] features = projection.project(embedding);
        double norm = 0;
        for (int i = 0; i < features.length; i++) {
            features[i] = rounded(features[i], FEATURE_STEPS);
            norm += features[i] * features[i];
        }
        add(embedding, features, rounded(norm, FEATURE_STEPS));
    }

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }

    /** Adds in place: no snapshot has been given out of these arrays. */
    private synchronized void add(float[] embedding, double[] features, double norm) {
        double[] sum = sums.sum();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += rounded(embedding[i], COMPONENT_STEPS);
        }
        double[] featureSum = sums.featureSum();
        for (int i = 0; i < featureSum.length; i++) {
            featureSum[i] += features[i];
        }
        sums = new EmbeddingSums(sums.count() + 1, sum, featureSum, sums.featureNorms() + norm);
    }

    synchronized EmbeddingSums snapshot() {
        return new EmbeddingSums(
                sums.count(), sums.sum().clone(), sums.featureSum().clone(), sums.featureNorms());
    }
}
