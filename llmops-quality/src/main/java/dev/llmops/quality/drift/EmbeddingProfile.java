package dev.llmops.quality.drift;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Distribution of an embedding in the reference, with the spread that its discrepancy has without drift. Immutable.
 *
 * <p>The spread comes from random halves of the reference: without drift the discrepancy divided by w = 1/n + 1/m has a
 * distribution that depends on the data alone, which a shifted gamma distribution of the same deviation and skewness
 * (Pearson's type III) follows closely.
 *
 * @param name the name of the embedding
 * @param projection the random features
 * @param sums the sums of the reference
 * @param nullDeviation the standard deviation of the discrepancy without drift, in units of w
 * @param nullSkewness the skewness of the discrepancy without drift
 */
record EmbeddingProfile(
        String name, RandomFeatures projection, EmbeddingSums sums, double nullDeviation, double nullSkewness) {

    /** The number of embeddings that each side must have. */
    static final int MIN_COUNT = 100;

    private static final int SPLITS = 300;
    private static final int PAIRS = 2_000;
    private static final double LEAST_SKEWNESS = 1e-3;

    /**
     * Profiles the embeddings of a reference.
     *
     * @param name the name
     * @param embeddings at least {@value #MIN_COUNT} of equal length
     * @param seed the seed of the projection and of the halves
     * @return the profile
     * @throws IllegalArgumentException if there are too few embeddings, or all are equal
     */
    static EmbeddingProfile of(String name, float[][] embeddings, long seed) {
        if (embeddings.length < MIN_COUNT) {
            throw new IllegalArgumentException("embedding " + name + " must have at least " + MIN_COUNT
                    + " reference values, but has " + embeddings.length + "; record for longer");
        }
        SplittableRandom random = new SplittableRandom(seed);
        RandomFeatures projection = new RandomFeatures(embeddings[0].length, medianDistance(embeddings, random), seed);
        double[][] features = Arrays.stream(embeddings).map(projection::project).toArray(double[][]::new);
        double[] nulls = new double[SPLITS];
        for (int i = 0; i < SPLITS; i++) {
            nulls[i] = halvesDiscrepancy(features, random);
        }
        double deviation = Math.sqrt(moment(nulls, 2));
        return new EmbeddingProfile(
                name,
                projection,
                EmbeddingSums.of(projection, embeddings),
                deviation,
                moment(nulls, 3) / (deviation * deviation * deviation));
    }

    /**
     * Merges with the sums that another instance recorded with the same projection.
     *
     * @param other the other profile
     * @return a profile of both
     * @throws IllegalArgumentException if name or projection differ
     */
    EmbeddingProfile plus(EmbeddingProfile other) {
        if (!name.equals(other.name)
                || projection.dimensions() != other.projection.dimensions()
                || projection.sigma() != other.projection.sigma()
                || projection.seed() != other.projection.seed()
                || nullDeviation != other.nullDeviation
                || nullSkewness != other.nullSkewness) {
            throw new IllegalArgumentException("embeddings cannot be merged (" + name + " and " + other.name
                    + ") — name and projection must be the same — record with the bins of one profile");
        }
        return withSums(sums.plus(other.sums));
    }

    EmbeddingProfile withSums(EmbeddingSums others) {
        return new EmbeddingProfile(name, projection, others, nullDeviation, nullSkewness);
    }

    private static double moment(double[] values, int power) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values)
                .map(v -> Math.pow(v - mean, power))
                .average()
                .orElse(0);
    }

    private static double medianDistance(float[][] embeddings, SplittableRandom random) {
        double[] distances = random.ints(PAIRS, 0, embeddings.length)
                .mapToDouble(i -> distance(embeddings[i], embeddings[random.nextInt(embeddings.length)]))
                .filter(distance -> distance > 0)
                .sorted()
                .toArray();
        return distances.length == 0 ? 0 : distances[distances.length / 2];
    }

    private static double distance(float[] one, float[] two) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = one[i] - two[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** The discrepancy between two random halves, in units of w. */
    private static double halvesDiscrepancy(double[][] features, SplittableRandom random) {
        int half = features.length / 2;
        shuffle(features, random);
        EmbeddingSums one = sums(features, 0, half);
        EmbeddingSums two = sums(features, half, 2 * half);
        return one.squaredDiscrepancy(two) / (2.0 / half);
    }

    private static void shuffle(double[][] rows, SplittableRandom random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            double[] row = rows[i];
            rows[i] = rows[other];
            rows[other] = row;
        }
    }

    private static EmbeddingSums sums(double[][] features, int from, int to) {
        double[] sum = new double[RandomFeatures.COUNT];
        double norms = 0;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < sum.length; j++) {
                double feature = features[i][j];
                sum[j] += feature;
                norms += feature * feature;
            }
        }
        return new EmbeddingSums(to - from, new double[0], sum, norms);
    }

    /**
     * Returns the probability of a discrepancy at least this large without drift.
     *
     * @param squaredDiscrepancy the discrepancy between this reference and the current data
     * @param currentCount the number of current values
     * @return the p-value
     */
    double pValue(double squaredDiscrepancy, long currentCount) {
        double weight = 1.0 / sums.count() + 1.0 / currentCount;
        double standardised = squaredDiscrepancy / (weight * nullDeviation);
        if (nullSkewness < LEAST_SKEWNESS) {
            return NormalDistribution.of(0, 1).survivalProbability(standardised);
        }
        double shape = 4 / (nullSkewness * nullSkewness);
        return GammaDistribution.of(shape, nullSkewness / 2).survivalProbability(standardised + 2 / nullSkewness);
    }
}
