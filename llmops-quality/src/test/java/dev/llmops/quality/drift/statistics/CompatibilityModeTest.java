package dev.llmops.quality.drift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CompatibilityModeTest {

    static Stream<JsonNode> cases() throws IOException {
        return DriftCases.read("psi-ks-compat.jsonl");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_comparison_agrees(JsonNode c) {
        double[] reference = DriftCases.doubles(c.get("reference"));
        double[] current = DriftCases.doubles(c.get("current"));
        CompatibilityMode.Result result = CompatibilityMode.compare(reference, current);

        assertThat(result.psi())
                .isCloseTo(c.get("psi").asDouble(), within(c.get("psi").asDouble() * 1e-9));
        assertThat(result.severity().name().toLowerCase(Locale.ROOT))
                .isEqualTo(c.get("severity").asString());
        assertThat(result.ks().statistic()).isCloseTo(c.get("ks_d").asDouble(), within(1e-12));
        assertThat(result.ksDrift()).isEqualTo(c.get("ks_drift").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_bins_agree(JsonNode c) {
        double[] reference = DriftCases.doubles(c.get("reference"));
        double[] current = DriftCases.doubles(c.get("current"));
        double[] both = DoubleStream.concat(Arrays.stream(reference), Arrays.stream(current))
                .sorted()
                .toArray();
        double min = both[0];
        double max = both[both.length - 1];

        assertThat(CompatibilityMode.counts(reference, min, max))
                .isEqualTo(DriftCases.longs(c.get("reference_counts")));
        assertThat(CompatibilityMode.counts(current, min, max)).isEqualTo(DriftCases.longs(c.get("current_counts")));
    }

    @Test
    void a_constant_is_in_one_bin_and_has_no_drift() {
        CompatibilityMode.Result result = CompatibilityMode.compare(new double[] {7, 7, 7}, new double[] {7, 7, 7, 7});
        assertThat(result.psi()).isZero();
        assertThat(result.ksDrift()).isFalse();
    }

    @Test
    void a_value_on_an_edge_belongs_to_the_bin_on_its_right() {
        assertThat(CompatibilityMode.counts(new double[] {0, 1, 2, 9, 10}, 0, 10))
                .containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 0, 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_value_that_is_not_finite_is_refused_and_hides_no_drift(double value) {
        double[] reference = {1, 2, 3, 4};
        double[] current = {11, 12, value, 14};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompatibilityMode.compare(reference, current))
                .withMessage("a sample has a value that is not finite (" + value
                        + ") — finite values are compared — leave it out");
    }

    @Test
    void one_outlier_hides_a_shift() {
        double[] reference =
                DoubleStream.iterate(0, v -> v + 0.001).limit(1_000).toArray();
        double[] shifted = Arrays.stream(reference).map(v -> v + 0.5).toArray();
        shifted[0] = 1e6;
        assertThat(CompatibilityMode.compare(reference, shifted).psi()).isLessThan(Severity.MEDIUM_FROM);
    }
}
