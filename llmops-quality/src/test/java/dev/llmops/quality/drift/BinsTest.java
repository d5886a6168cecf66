package dev.llmops.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.quality.drift.statistics.Correction;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class BinsTest {

    private static final NumericBins BINS = NumericBins.of(new double[] {0, 10}, new double[] {-5, 5, 15});

    @Test
    void a_bin_is_closed_on_the_left() {
        assertThat(BINS.bin(-0.1)).isZero();
        assertThat(BINS.bin(0)).isEqualTo(1);
        assertThat(BINS.bin(10)).isEqualTo(2);
    }

    @Test
    void negative_zero_equals_zero() {
        assertThat(BINS.bin(-0.0)).isEqualTo(1);
    }

    @Test
    void infinities_lie_in_the_outer_bins_and_nan_is_missing() {
        assertThat(BINS.bin(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(BINS.bin(Double.POSITIVE_INFINITY)).isEqualTo(2);
        assertThat(BINS.bin(Double.NaN)).isEqualTo(BINS.missingBin()).isEqualTo(3);
    }

    @Test
    void quantiles_of_distinct_values_give_equal_bins() {
        double[] sample = IntStream.range(0, 100).asDoubleStream().toArray();
        NumericBins bins = NumericBins.ofQuantiles(sample, 10);
        assertThat(bins.edges()).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90);
        assertThat(bins.centres()[0]).isEqualTo(4.5);
    }

    @Test
    void equal_quantiles_merge() {
        double[] sample = {0, 0, 0, 0, 0, 0, 0, 0, 5, 9};
        assertThat(NumericBins.ofQuantiles(sample, 10).edges()).containsExactly(5, 9);
    }

    @Test
    void a_constant_has_a_bin_of_its_own() {
        NumericBins bins = NumericBins.ofQuantiles(new double[] {7, 7, 7}, 10);
        assertThat(bins.bin(6.9)).isZero();
        assertThat(bins.bin(7)).isEqualTo(1);
        assertThat(bins.bin(7.1)).isEqualTo(2);
    }

    @Test
    void a_sample_without_a_finite_value_is_an_error() {
        assertThatThrownBy(() -> NumericBins.ofQuantiles(new double[] {Double.NaN}, 10))
                .hasMessageContaining("must hold a finite value");
    }

    @Test
    void edges_that_do_not_ascend_are_an_error() {
        assertThatThrownBy(() -> NumericBins.of(new double[] {1, 1}, new double[3]))
                .hasMessageContaining("strictly ascending, but were [1.0, 1.0]");
    }

    @Property
    void every_value_lies_in_the_bin_whose_edges_enclose_it(
            @ForAll @NotEmpty List<@DoubleRange(min = -100, max = 100) Double> sample,
            @ForAll @DoubleRange(min = -200, max = 200) double value) {
        NumericBins bins =
                NumericBins.ofQuantiles(sample.stream().mapToDouble(v -> v).toArray(), 10);
        double[] edges = bins.edges();
        int bin = bins.bin(value);
        assertThat(bin == 0 || edges[bin - 1] <= value).isTrue();
        assertThat(bin == edges.length || value < edges[bin]).isTrue();
    }

    @Test
    void categories_are_frequent_other_new_or_missing() {
        CategoryBins bins = CategoryBins.ofMostFrequent(Map.of("stop", 90L, "length", 9L, "tool", 1L), 2);
        assertThat(bins.values()).containsExactly("stop", "length");
        assertThat(bins.otherHashes()).containsExactly("tool".hashCode());
        assertThat(bins.bin("length")).isEqualTo(1);
        assertThat(bins.bin("tool")).isEqualTo(bins.otherBin());
        assertThat(bins.bin("filter")).isEqualTo(bins.newBin());
        assertThat(bins.bin(null)).isEqualTo(bins.missingBin());
    }

    @Test
    void holm_adjusts_step_by_step() {
        assertThat(Correction.HOLM.adjust(new double[] {0.01, 0.04, 0.03}))
                .containsExactly(new double[] {0.03, 0.06, 0.06}, within(1e-15));
    }

    @Test
    void benjamini_and_hochberg_adjust_from_the_largest() {
        assertThat(Correction.BENJAMINI_HOCHBERG.adjust(new double[] {0.01, 0.04, 0.03}))
                .containsExactly(new double[] {0.03, 0.04, 0.04}, within(1e-15));
    }

    @Test
    void a_level_out_of_range_is_an_error() {
        assertThatThrownBy(() -> DriftPolicy.standard().withAlpha(1))
                .hasMessage("alpha is out of range (1.0) — over 0 and under 1 — pass 0.01 for 1 %");
    }
}
