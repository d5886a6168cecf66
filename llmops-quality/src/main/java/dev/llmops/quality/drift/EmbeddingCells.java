package dev.llmops.quality.drift;

/** Adds up embeddings as they come. Thread-safe; the projection is computed outside the lock. */
final class EmbeddingCells {

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
        for (double feature : features) {
            norm += feature * feature;
        }
        add(embedding, features, norm);
    }

    /** Adds in place: no snapshot has been given out of these arrays. */
    private synchronized void add(float[] embedding, double[] features, double norm) {
        double[] sum = sums.sum();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += embedding[i];
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
