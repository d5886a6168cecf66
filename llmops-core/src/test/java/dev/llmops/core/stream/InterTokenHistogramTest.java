package dev.llmops.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterTokenHistogramTest {

    private static InterTokenHistogram of(List<Long> gaps) {
        InterTokenRecorder recorder = new InterTokenRecorder();
        gaps.forEach(gap -> recorder.record(gap, 1));
        return recorder.snapshot();
    }

    @Property
    void a_quantile_is_the_nearest_rank_within_1_6_percent(
            @ForAll @NotEmpty @Size(max = 200) List<@LongRange(max = 1L << 40) Long> gaps) {
        InterTokenHistogram histogram = of(gaps);
        List<Long> sorted = gaps.stream().sorted().toList();
        for (double quantile : new double[] {0, 0.25, 0.5, 0.9, 0.99, 1}) {
            int rank = Math.max(1, (int) Math.ceil(quantile * sorted.size()));
            assertThat(histogram.quantileNanos(quantile)).isCloseTo(sorted.get(rank - 1), withPercentage(1.6));
        }
    }

    @Property
    void samples_and_sum_are_exact(@ForAll @Size(max = 200) List<@LongRange(max = 1L << 40) Long> gaps) {
        InterTokenHistogram histogram = of(gaps);
        long[] counted = new long[1];
        histogram.forEach((valueNanos, count) -> counted[0] += count);
        assertThat(histogram.samples()).isEqualTo(gaps.size());
        assertThat(counted[0]).isEqualTo(gaps.size());
        assertThat(histogram.sumNanos())
                .isEqualTo(gaps.stream().mapToLong(Long::longValue).sum());
    }

    @Property
    void equal_gaps_in_any_order_make_equal_histograms(
            @ForAll @Size(max = 50) List<@LongRange(max = 1L << 40) Long> gaps) {
        List<Long> sorted = gaps.stream().sorted().toList();
        assertThat(of(gaps)).isEqualTo(of(sorted)).hasSameHashCodeAs(of(sorted));
    }

    @Test
    void without_samples_a_quantile_is_zero() {
        assertThat(InterTokenHistogram.empty().quantileNanos(0.5)).isZero();
        assertThat(InterTokenHistogram.empty().samples()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void a_quantile_outside_its_range_is_refused(double quantile) {
        assertThatThrownBy(() -> InterTokenHistogram.empty().quantileNanos(quantile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantile is out of range (" + quantile + ") — 0 to 1 is allowed — pass e.g. 0.95");
    }

    @Test
    void a_hostile_number_of_tokens_overflows_nothing() {
        InterTokenRecorder recorder = new InterTokenRecorder();
        for (int i = 0; i < 40_000; i++) {
            recorder.record(0, Integer.MAX_VALUE);
        }
        assertThat(recorder.snapshot().samples()).isEqualTo(Integer.MAX_VALUE);
        assertThat(recorder.snapshot().quantileNanos(1)).isZero();
    }
}
