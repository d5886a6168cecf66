package dev.llmops.release.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OddsGridTest {

    private static final int[] EVENTS = {1, 1, 0, 1, 1, 1, 0, 1, 1, 1};
    private static final double HALF = .5;

    private static void assertAnchors(double[] shares, double ratio, double... expected) {
        List<EventSplit> splits = new ArrayList<>();
        for (int i = 0; i < EVENTS.length; i++) {
            splits.add(new EventSplit(shares[i], EVENTS[i], 1 - EVENTS[i]));
            assertThat(OddsGrid.logEvidenceOfExcess(splits, ratio)).isCloseTo(expected[i], within(1e-11));
        }
    }

    private static double[] constant(double share) {
        return Collections.nCopies(EVENTS.length, share).stream()
                .mapToDouble(p -> p)
                .toArray();
    }

    @Test
    void half_the_traffic_against_an_equal_rate() {
        assertAnchors(
                constant(.5),
                1,
                0.396335479913,
                0.824557080743,
                -0.043390157995,
                0.309701602398,
                0.691009546454,
                1.099703670266,
                0.314149941827,
                0.664281253201,
                1.038341031158,
                1.435584620497);
    }

    @Test
    void a_tenth_of_the_traffic_against_an_equal_rate() {
        assertAnchors(
                constant(.1),
                1,
                1.105685825058,
                2.504436081338,
                1.931552173784,
                3.408781519154,
                5.036143287520,
                6.748995492602,
                5.981392521535,
                7.700451091772,
                9.462666414833,
                11.252512232487);
    }

    @Test
    void half_the_traffic_against_a_margin_of_a_quarter() {
        assertAnchors(
                constant(.5),
                1.25,
                0.339415888297,
                0.701797175229,
                -0.177455692543,
                0.115144597942,
                0.427982691792,
                0.760845461413,
                0.010557730482,
                0.290705517382,
                0.588055819114,
                0.902531159139);
    }

    @Test
    void a_share_that_moves_from_one_to_fifty_percent() {
        double[] shares = {.01, .01, .01, .1, .1, .1, .5, .5, .5, .5};
        assertAnchors(
                shares,
                1,
                1.548594460410,
                3.692118771655,
                3.580897139801,
                5.299385612861,
                7.073607698358,
                8.877088001347,
                6.858139831807,
                7.473445695425,
                8.090426494120,
                8.708828870118);
    }

    @Test
    void two_failures_of_the_candidate_at_one_percent_are_seen_at_once() {
        double logE = OddsGrid.logEvidenceOfExcess(List.of(new EventSplit(.01, 2, 0)), 1);
        assertThat(Math.exp(logE)).isCloseTo(40, within(.2));
    }

    @Test
    void no_event_is_no_evidence() {
        assertThat(OddsGrid.logEvidenceOfExcess(List.of(), 1)).isZero();
        assertThat(OddsGrid.logEvidenceOfShortfall(List.of(new EventSplit(HALF, 0, 0)), 1))
                .isZero();
    }

    @Test
    void the_sums_of_a_stage_say_as_much_as_its_events_in_any_order() {
        List<EventSplit> single = new ArrayList<>();
        for (int x : EVENTS) {
            single.add(new EventSplit(.1, x, 1 - x));
        }
        Collections.shuffle(single, new Random(7));
        double summed = OddsGrid.logEvidenceOfExcess(List.of(new EventSplit(.1, 8, 2)), 1);
        assertThat(OddsGrid.logEvidenceOfExcess(single, 1)).isCloseTo(summed, within(1e-11));
    }

    @Test
    void equal_counts_prove_that_the_rate_is_not_doubled() {
        List<EventSplit> equal = List.of(new EventSplit(HALF, 60, 60));
        assertThat(OddsGrid.logEvidenceOfShortfall(equal, 2)).isGreaterThan(Math.log(100));
        assertThat(OddsGrid.logEvidenceOfShortfall(equal, 1.05)).isLessThan(Math.log(20));
    }

    @Test
    void the_interval_is_the_set_of_ratios_that_neither_test_rejects() {
        List<EventSplit> splits = List.of(new EventSplit(.1, 40, 180));
        Interval interval = OddsGrid.ratioInterval(splits, .05);
        assertThat(interval.contains(2)).isTrue();
        assertThat(OddsGrid.logEvidenceOfExcess(splits, interval.lower())).isCloseTo(Math.log(20), within(1e-6));
        assertThat(OddsGrid.logEvidenceOfShortfall(splits, interval.upper())).isCloseTo(Math.log(20), within(1e-6));
    }

    @Test
    void without_events_every_ratio_is_possible() {
        assertThat(OddsGrid.ratioInterval(List.of(), .05)).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    }

    @Test
    void an_arm_without_traffic_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventSplit(1, 3, 0))
                .withMessageContaining("must be in (0, 1), but was 1.0");
    }
}
