package dev.llmops.release.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class SampleSizeTest {

    /** Errors of 2 % that must not be doubled: in half of all runs 2,700 requests at 50/50 and 5,100 at 10 % prove it. */
    @Test
    void the_median_of_the_tables_is_the_formula_without_the_margin_for_power() {
        double withoutMargin = Math.log(20) / (Math.log(20) + 2);
        assertThat(SampleSize.events(.5, 1, 2, .05) * withoutMargin / .02).isCloseTo(2_700, withinPercentage(15));
        assertThat(SampleSize.events(.1, 1, 2, .05) * withoutMargin / .02).isCloseTo(5_100, withinPercentage(15));
    }

    @Test
    void the_margin_for_power_is_two_nats() {
        double divergence = .5 * Math.log(.75) + .5 * Math.log(1.5);
        assertThat(SampleSize.events(.5, 1, 2, .05)).isCloseTo((Math.log(20) + 2) / divergence, within(1e-9));
    }

    @Test
    void a_truth_on_the_edge_is_never_found() {
        assertThat(SampleSize.events(.5, 1.5, 1.5, .05)).isInfinite();
    }

    @Test
    void a_small_share_needs_more_values() {
        double half = SampleSize.values(.5, .03, .3, .05);
        double tenth = SampleSize.values(.1, .03, .3, .05);
        assertThat(half).isBetween(3_000.0, 9_000.0);
        assertThat(tenth).isGreaterThan(2 * half);
    }

    @Test
    void no_gap_is_never_closed() {
        assertThat(SampleSize.values(.5, 0, .3, .05)).isInfinite();
    }
}
