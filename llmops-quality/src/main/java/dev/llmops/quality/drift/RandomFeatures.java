package dev.llmops.quality.drift;

import java.util.SplittableRandom;

/**
 * Random Fourier features of the Gaussian kernel exp(−‖x − y‖² / 2σ²): φ(x) = √(2/F)·cos(Wx/σ + b) with normal W and
 * uniform b (Rahimi, Recht 2007). Made from a seed, so that all instances project alike. Immutable.
 */
final class RandomFeatures {

    /** The number of features. */
    static final int COUNT = 256;

    private static final double SCALE = Math.sqrt(2.0 / COUNT);

    private final int dimensions;
    private final double sigma;
    private final long seed;
    private final float[] weights;
    private final double[] phases = new double[COUNT];

    /**
     * Creates the projection.
     *
     * @param dimensions the length of the embeddings, at least 1
     * @param sigma the kernel's width, usually the median distance between two embeddings of the reference; positive
     * @param seed the seed
     * @throws IllegalArgumentException if a value is out of its range
     */
    RandomFeatures(int dimensions, double sigma, long seed) {
        if (dimensions < 1 || !(sigma > 0)) {
            throw new IllegalArgumentException("dimensions must be at least 1 and sigma positive, but were "
                    + dimensions + " and " + sigma + "; a reference of equal embeddings has no width");
        }
        this.dimensions = dimensions;
        this.sigma = sigma;
        this.seed = seed;
        this.weights = new float[COUNT * dimensions];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) gaussian(random);
        }
        for (int i = 0; i < COUNT; i++) {
            phases[i] = 2 * Math.PI * random.nextDouble();
        }
    }

    /** Box and Muller's method: SplittableRandom.nextGaussian is free to change with the Java version. */
    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Returns false for an embedding of which a single component would make all sums, and all later windows, no numbers. */
    static boolean isWhole(float[] embedding) {
        for (float component : embedding) {
            if (!Float.isFinite(component)) {
                return false;
            }
        }
        return embedding.length > 0;
    }

    /**
     * Projects an embedding.
     *
     * @param embedding the embedding, finite
     * @return its features
     * @throws IllegalArgumentException if its length is not that of the reference
     */
    double[] project(float[] embedding) {
        if (embedding.length != dimensions) {
            throw new IllegalArgumentException("embedding must have " + dimensions + " dimensions, but has "
                    + embedding.length + "; use the embedding model of the reference");
        }
        double[] features = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double dot = 0;
            for (int j = 0; j < dimensions; j++) {
                dot += weights[i * dimensions + j] * embedding[j];
            }
            features[i] = SCALE * Math.cos(dot / sigma + phases[i]);
        }
        return features;
    }

    /**
     * Returns the length of the embeddings.
     *
     * @return the number of dimensions
     */
    int dimensions() {
        return dimensions;
    }

    /**
     * Returns the kernel's width.
     *
     * @return the width
     */
    double sigma() {
        return sigma;
    }

    /**
     * Returns the seed.
     *
     * @return the seed
     */
    long seed() {
        return seed;
    }
}
