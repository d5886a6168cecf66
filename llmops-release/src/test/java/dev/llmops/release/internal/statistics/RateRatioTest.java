package dev.llmops.release.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.stats.Interval;
import java.util.List;
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
