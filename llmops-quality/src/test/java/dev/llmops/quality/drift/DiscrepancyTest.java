package dev.llmops.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.quality.drift.statistics.DriftCases;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DiscrepancyTest {

    private static final double TOLERANCE = 3 / Math.sqrt(RandomFeatures.COUNT);

    static Stream<JsonNode> cases() throws IOException {
        return DriftCases.read("mmd.jsonl");
    }

    private static double estimate(JsonNode c, long seed) {
        float[][] x = DriftCases.vectors(c.get("x"));
        RandomFeatures projection =
                new RandomFeatures(x[0].length, c.get("sigma").asDouble(), seed);
        return EmbeddingSums.of(projection, x)
                .squaredDiscrepancy(EmbeddingSums.of(projection, DriftCases.vectors(c.get("y"))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_estimate_is_near_the_exact_discrepancy(JsonNode c) {
        double exact = c.get("mmd2_unbiased").asDouble();
        assertThat(estimate(c, 1)).isCloseTo(exact, within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_mean_over_seeds_is_the_exact_discrepancy(JsonNode c) {
        double mean = IntStream.range(0, 64)
                .mapToDouble(seed -> estimate(c, seed))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(c.get("mmd2_unbiased").asDouble(), within(TOLERANCE / 20));
    }

    @Test
    void the_largest_change_ranks_first() throws IOException {
        List<JsonNode> cases = DriftCases.read("mmd.jsonl").toList();
        double[] estimates = cases.stream().mapToDouble(c -> estimate(c, 1)).toArray();
        double[] exact = cases.stream()
                .mapToDouble(c -> c.get("mmd2_unbiased").asDouble())
                .toArray();
        assertThat(largest(estimates)).isEqualTo(largest(exact));
        assertThat(estimates[largest(exact)]).isPositive();
    }

    private static int largest(double[] values) {
        return IntStream.range(0, values.length)
                .reduce((a, b) -> values[a] >= values[b] ? a : b)
                .orElseThrow();
    }

    static float[][] cloud(int count, double shift, long seed) {
        Random random = new Random(seed);
        float[][] vectors = new float[count][8];
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (random.nextGaussian() + (i == 0 ? shift : 0));
            }
        }
        return vectors;
    }

    @Test
    void halves_add_up_to_the_whole() {
        RandomFeatures projection = new RandomFeatures(8, 1, 1);
        float[][] all = cloud(200, 0, 1);
        EmbeddingSums whole = EmbeddingSums.of(projection, all);
        EmbeddingSums halves = EmbeddingSums.of(projection, Arrays.copyOf(all, 100))
                .plus(EmbeddingSums.of(projection, Arrays.copyOfRange(all, 100, 200)));
        assertThat(halves.count()).isEqualTo(200);
        assertThat(halves.featureSum()).containsExactly(whole.featureSum());
        assertThat(halves.sum()).containsExactly(whole.sum());
        assertThat(halves.featureNorms()).isEqualTo(whole.featureNorms());
    }

    @Test
    void without_drift_the_p_value_is_seldom_small() {
        EmbeddingProfile profile = EmbeddingProfile.of("question", cloud(1_000, 0, 1), 7);
        long small = IntStream.range(0, 200)
                .mapToDouble(i -> pValue(profile, cloud(200, 0, 1_000 + i)))
                .filter(p -> p < 0.05)
                .count();
        assertThat(small).isBetween(0L, 20L);
    }

    @Test
    void a_shift_of_half_a_deviation_is_found() {
        EmbeddingProfile profile = EmbeddingProfile.of("question", cloud(1_000, 0, 1), 7);
        assertThat(pValue(profile, cloud(300, 0.5, 2))).isLessThan(1e-4);
    }

    private static double pValue(EmbeddingProfile profile, float[][] current) {
        EmbeddingSums sums = EmbeddingSums.of(profile.projection(), current);
        return profile.pValue(profile.sums().squaredDiscrepancy(sums), sums.count());
    }

    @Test
    void an_embedding_of_another_length_is_an_error() {
        assertThatThrownBy(() -> new RandomFeatures(3, 1, 1).project(new float[2]))
                .hasMessage("embedding must have 3 dimensions, but has 2; use the embedding model of the reference");
    }
}
