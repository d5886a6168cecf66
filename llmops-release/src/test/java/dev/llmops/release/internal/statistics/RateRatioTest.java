package dev.llmops.release.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.stats.Interval;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateRatioTest {

    @Test
    void stages_of_different_shares_add_up() {
        // The anchor of one event each at 1 % (1, 1, 0), 10 % (1, 1, 1) and 50 % (0, 1, 1, 1), as counts of three
        // stages.
        List<EventSplit> stages =
                List.of(new EventSplit(.01, 2, 1), new EventSplit(.1, 3, 0), new EventSplit(.5, 3, 1));
        assertThat(RateRatio.logEvidenceOfExcess(stages, 1)).isCloseTo(8.708828870118, within(1e-11));
    }

    @Test
    void the_interval_is_the_set_of_ratios_that_neither_test_rejects() {
        List<EventSplit> splits = List.of(new EventSplit(.1, 40, 180));
        Interval interval = RateRatio.interval(splits, .05);
        assertThat(interval.contains(2)).isTrue();
        assertThat(RateRatio.logEvidenceOfExcess(splits, interval.lower())).isCloseTo(Math.log(20), within(1e-6));
        assertThat(RateRatio.logEvidenceOfShortfall(splits, interval.upper())).isCloseTo(Math.log(20), within(1e-6));
    }

    @Property
    void the_ends_of_any_interval_are_where_a_test_stops_to_reject(
            @ForAll @IntRange(min = 0, max = 400) int candidate,
            @ForAll @IntRange(min = 0, max = 400) int reference,
            @ForAll @IntRange(min = 0, max = 50) int candidateLater,
            @ForAll @DoubleRange(min = .01, max = .99) double share) {
        List<EventSplit> splits =
                List.of(new EventSplit(share, candidate, reference), new EventSplit(.5, candidateLater, 7));
        Interval interval = RateRatio.interval(splits, .001);
        if (interval.lower() > 0) {
            assertThat(RateRatio.logEvidenceOfExcess(splits, interval.lower()))
                    .isCloseTo(Math.log(1_000), within(1e-6));
        }
        if (interval.upper() < Double.POSITIVE_INFINITY) {
            assertThat(RateRatio.logEvidenceOfShortfall(splits, interval.upper()))
                    .isCloseTo(Math.log(1_000), within(1e-6));
        }
        assertThat(interval.lower()).isLessThan(interval.upper());
    }

    @Test
    void without_events_every_ratio_is_possible() {
        assertThat(RateRatio.interval(List.of(), .05)).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void an_arm_without_traffic_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventSplit(1, 3, 0))
                .withMessageStartingWith("candidateShareRatio is out of range (1.0) — ");
    }

    @Test
    void negative_counts_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventSplit(.5, -1, 0))
                .withMessageStartingWith("counts are negative (-1 and 0) — ");
    }
}
