package dev.llmops.quality.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clusters vectors by direction: spherical k-means with the seeding of k-means++ (Arthur, Vassilvitskii 2007; Dhillon, Modha
 * 2001) and a fixed seed, so that equal vectors give equal clusters.
 */
final class EmbeddingClusters {

    private static final int ROUNDS = 20;
    private static final long SEED = 20_260_101;

    private final List<float[]> vectors;
    private final List<float[]> centres = new ArrayList<>();
    private final int[] cluster;

    private EmbeddingClusters(List<float[]> vectors) {
        this.vectors = vectors;
        this.cluster = new int[vectors.size()];
    }

    /**
     * Returns the clusters, each as places in the list, those nearest to the centre first; fewer than asked for if there are
     * fewer different directions.
     */
    static List<List<Integer>> of(List<float[]> vectors, int clusters) {
        if (vectors.isEmpty()) {
            return List.of();
        }
        EmbeddingClusters found = new EmbeddingClusters(
                vectors.stream().map(EmbeddingClusters::unit).toList());
        found.seed(clusters);
        for (int round = 0; round < ROUNDS && found.assign(); round++) {
            found.move();
        }
        return found.members();
    }

    private static float[] unit(float[] vector) {
        double norm = Math.sqrt(dot(vector, vector));
        float[] unit = vector.clone();
        for (int i = 0; norm > 0 && i < unit.length; i++) {
            unit[i] = (float) (unit[i] / norm);
        }
        return unit;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    /** Chooses each further centre with a probability that grows with its distance from those that there are. */
    private void seed(int clusters) {
        SplittableRandom random = new SplittableRandom(SEED);
        centres.add(vectors.get(random.nextInt(vectors.size())));
        double[] distance = new double[vectors.size()];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        while (centres.size() < clusters) {
            float[] latest = centres.get(centres.size() - 1);
            for (int i = 0; i < distance.length; i++) {
                double apart = 1 - dot(vectors.get(i), latest);
                // Rounding leaves a little between equal directions.
                distance[i] = Math.min(distance[i], apart < 1e-6 ? 0 : apart);
            }
            double left = random.nextDouble() * Arrays.stream(distance).sum();
            int chosen = 0;
            while (chosen < distance.length - 1 && (left -= distance[chosen]) >= 0) {
                chosen++;
            }
            if (distance[chosen] == 0) {
                return;
            }
            centres.add(vectors.get(chosen));
        }
    }

    /** Puts each vector to its nearest centre; false if none moved. */
    private boolean assign() {
        boolean moved = false;
        for (int i = 0; i < cluster.length; i++) {
            int nearest = 0;
            for (int c = 1; c < centres.size(); c++) {
                if (dot(vectors.get(i), centres.get(c)) > dot(vectors.get(i), centres.get(nearest))) {
                    nearest = c;
                }
            }
            moved |= nearest != cluster[i];
            cluster[i] = nearest;
        }
        return moved;
    }

    private void move() {
        for (int c = 0; c < centres.size(); c++) {
            float[] sum = new float[centres.get(c).length];
            for (int i = 0; i < cluster.length; i++) {
                for (int j = 0; cluster[i] == c && j < sum.length; j++) {
                    sum[j] += vectors.get(i)[j];
                }
            }
            centres.set(c, unit(sum));
        }
    }

    private List<List<Integer>> members() {
        return IntStream.range(0, centres.size())
                .mapToObj(c -> IntStream.range(0, cluster.length)
                        .filter(i -> cluster[i] == c)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -dot(vectors.get(i), centres.get(c))))
                        .toList())
                .filter(members -> !members.isEmpty())
                .toList();
    }
}
