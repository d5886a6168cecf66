package dev.llmops.report.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.Indicator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class BinsTest {

    private static final Scale MILLIS =
            Scale.of(Indicator.latency(Duration.ofMillis(500))).orElseThrow();
    private static final Scale SCORE =
            Scale.of(Indicator.score("faithful", 0.8)).orElseThrow();

    private static long bad(Scale scale, Bins bins) {
        long bad = 0;
        for (int i = 0; i < bins.counts().length; i++) {
            bad += scale.isBad(bins.middle(i)) ? bins.counts()[i] : 0;
        }
        return bad;
    }

    @Test
    void a_value_at_the_threshold_is_on_the_good_side() {
        assertThat(bad(MILLIS, Bins.of(MILLIS, new double[] {500}, 60))).isZero();
        assertThat(bad(SCORE, Bins.of(SCORE, new double[] {0.8}, 60))).isZero();
    }

    @Test
    void the_threshold_is_always_on_the_axis() {
        Bins bins = Bins.of(MILLIS, new double[] {1, 2, 3}, 60);
        assertThat(bins.from() + bins.width() * bins.counts().length).isGreaterThanOrEqualTo(599.99);
        assertThat(bins.isCutOff()).isFalse();
    }

    @Test
    void one_outlier_does_not_squeeze_the_others() {
        double[] values = new double[1000];
        Arrays.fill(values, 100);
        values[999] = 1e6;
        Bins bins = Bins.of(MILLIS, values, 60);
        assertThat(bins.isCutOff()).isTrue();
        assertThat(bins.lastLabel(MILLIS)).isEqualTo("600 ms and above");
        assertThat(bad(MILLIS, bins)).isEqualTo(1);
    }

    @Property
    void every_value_is_in_one_bin_and_no_bin_mixes_good_and_bad(
            @ForAll @NotEmpty List<@DoubleRange(min = 0, max = 5000) Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        Bins bins = Bins.of(MILLIS, sorted, 60);
        assertThat(Arrays.stream(bins.counts()).sum()).isEqualTo(sorted.length);
        assertThat(bins.counts()).hasSizeLessThanOrEqualTo(60);
        assertThat(bad(MILLIS, bins))
                .isEqualTo(Arrays.stream(sorted).filter(MILLIS::isBad).count());
    }
}
