package dev.llmops.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class OddsGridTest {

    private static final int[] EVENTS = {1, 1, 0, 1, 1, 1, 0, 1, 1, 1};
    private static final double HALF = .5;

    private static void assertAnchors(double[] shares, double ratio, double... expected) {
        OddsGrid grid = OddsGrid.ofExcess(ratio);
        for (int i = 0; i < EVENTS.length; i++) {
            grid.add(shares[i], EVENTS[i], 1 - EVENTS[i]);
            assertThat(grid.logEvidence()).isCloseTo(expected[i], within(1e-11));
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
        double logE = OddsGrid.ofExcess(1).add(.01, 2, 0).logEvidence();
        assertThat(Math.exp(logE)).isCloseTo(40, within(.2));
    }

    @Test
    void no_event_is_no_evidence() {
        assertThat(OddsGrid.ofExcess(1).logEvidence()).isZero();
        assertThat(OddsGrid.ofShortfall(1).add(HALF, 0, 0).logEvidence()).isZero();
    }

    @Test
    void counts_say_as_much_as_single_events_in_any_order() {
        OddsGrid single = OddsGrid.ofExcess(1);
        for (int i = EVENTS.length - 1; i >= 0; i--) {
            single.add(.1, EVENTS[i], 1 - EVENTS[i]);
        }
        double summed = OddsGrid.ofExcess(1).add(.1, 8, 2).logEvidence();
        assertThat(single.logEvidence()).isCloseTo(summed, within(1e-11));
    }

    @Test
    void equal_counts_prove_that_the_rate_is_not_doubled() {
        assertThat(OddsGrid.ofShortfall(2).add(HALF, 60, 60).logEvidence()).isGreaterThan(Math.log(100));
        assertThat(OddsGrid.ofShortfall(1.05).add(HALF, 60, 60).logEvidence()).isLessThan(Math.log(20));
    }

    @Test
    void a_grid_of_ones_own_is_a_mean_of_likelihood_ratios() {
        // Of four events all are in half of the traffic: each likelihood ratio is (2θ / (θ + 1))⁴.
        double mean = (Math.pow(4.0 / 3, 4) + Math.pow(1.5, 4)) / 2;
        assertThat(OddsGrid.of(1, 2, 3).add(HALF, 4, 0).logEvidence()).isCloseTo(Math.log(mean), within(1e-12));
    }

    @Test
    void the_slope_is_what_a_small_step_of_the_ratio_changes() {
        double step = 1e-5;
        for (double ratio : new double[] {.5, 1, 1.3, 4}) {
            double slope = twoPeriods(ratio).evidence().slope();
            double rise = twoPeriods(ratio * Math.exp(step)).logEvidence()
                    - twoPeriods(ratio * Math.exp(-step)).logEvidence();
            assertThat(slope).isNegative().isCloseTo(rise / (2 * step), within(1e-6));
            assertThat(twoPeriods(ratio).evidence().log())
                    .isEqualTo(twoPeriods(ratio).logEvidence());
        }
        assertThat(OddsGrid.ofShortfall(2).add(HALF, 3, 5).evidence().slope()).isPositive();
        assertThat(OddsGrid.ofExcess(2).evidence()).isEqualTo(new OddsGrid.Evidence(0, 0));
    }

    private static OddsGrid twoPeriods(double ratio) {
        return OddsGrid.ofExcess(ratio).add(.1, 12, 70).add(HALF, 9, 8);
    }

    @Test
    void a_group_without_or_with_all_traffic_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OddsGrid.ofExcess(1).add(1, 3, 0))
                .withMessageStartingWith("shareRatio is out of range (1.0) — it must lie in (0, 1) — ");
    }

    @Test
    void a_ratio_of_zero_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OddsGrid.ofExcess(0))
                .withMessageStartingWith("ratio is out of range (0.0) — ");
    }
}
