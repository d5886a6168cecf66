package dev.llmops.release.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class LocationShiftTest {

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Property
    void the_estimate_is_the_median_of_all_differences(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -9, max = 9) Double> one,
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -9, max = 9) Double> other) {
        double[] x = doubles(one);
        double[] y = doubles(other);
        double[] differences = Arrays.stream(x)
                .flatMap(each -> Arrays.stream(y).map(value -> each - value))
                .sorted()
                .toArray();
        double median = (differences[(differences.length - 1) / 2] + differences[differences.length / 2]) / 2;

        assertThat(LocationShift.of(x, y, .9).estimate() == median).isTrue();
    }

    @Property
    void the_interval_turns_around_with_the_samples(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -9, max = 9) Double> one,
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -9, max = 9) Double> other) {
        LocationShift shift = LocationShift.of(doubles(one), doubles(other), .9);
        LocationShift back = LocationShift.of(doubles(other), doubles(one), .9);

        assertThat(shift.interval().lower() == -back.interval().upper()).isTrue();
        assertThat(shift.interval().contains(shift.estimate())).isTrue();
    }
}
