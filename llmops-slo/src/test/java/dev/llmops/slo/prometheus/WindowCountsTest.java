package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.Counts;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WindowCountsTest {

    private static WindowCounts of(double bad, double total) {
        return WindowCounts.of(OptionalDouble.of(bad), OptionalDouble.of(total), true);
    }

    @Test
    void counts_are_rounded_to_events() {
        assertThat(of(300.0000001, 999.6)).isEqualTo(new WindowCounts(new Counts(300, 1000), ""));
    }

    @Test
    void extrapolation_by_a_part_of_an_event_is_no_fault() {
        assertThat(of(-0.4, 10).counts()).isEqualTo(new Counts(0, 10));
        assertThat(of(1003, 1000).counts()).isEqualTo(new Counts(1000, 1000));
    }

    @Test
    void more_bad_events_than_events_are_neither_good_nor_bad() {
        WindowCounts window = of(150, 100);
        assertThat(window.counts()).isEqualTo(Counts.NONE);
        assertThat(window.problem()).isEqualTo("there are more bad events than events (150 of 100)");
    }

    @Test
    void more_good_events_than_events_are_neither_good_nor_bad() {
        WindowCounts window = of(-20, 100);
        assertThat(window.counts()).isEqualTo(Counts.NONE);
        assertThat(window.problem()).isEqualTo("there are more good events than events (120 of 100)");
    }

    @Test
    void events_without_a_verdict_are_named() {
        WindowCounts window = WindowCounts.of(OptionalDouble.empty(), OptionalDouble.of(40), true);
        assertThat(window.counts()).isEqualTo(Counts.NONE);
        assertThat(window.problem()).isEqualTo("40 events exist, but no verdict on them");
    }

    @Test
    void silence_is_no_fault() {
        assertThat(WindowCounts.of(OptionalDouble.empty(), OptionalDouble.empty(), true))
                .isEqualTo(new WindowCounts(Counts.NONE, ""));
        assertThat(of(0, 0)).isEqualTo(new WindowCounts(Counts.NONE, ""));
    }
}
