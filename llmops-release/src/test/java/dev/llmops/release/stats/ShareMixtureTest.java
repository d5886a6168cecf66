package dev.llmops.release.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.internal.statistics.SampleRatio;
import org.junit.jupiter.api.Test;

class ShareMixtureTest {

    @Test
    void a_flat_mixture_cut_to_one_side() {
        assertThat(Math.exp(ShareMixture.logEvidenceOfExcess(8, 10, .5, 2))).isCloseTo(4.0020, within(5e-5));
        assertThat(ShareMixture.logEvidenceOfShortfall(2, 10, .5, 2))
                .isCloseTo(ShareMixture.logEvidenceOfExcess(8, 10, .5, 2), within(1e-12));
        assertThat(ShareMixture.logEvidenceOfExcess(0, 0, .95, 100)).isCloseTo(0, within(1e-12));
    }

    @Test
    void both_sides_of_a_mixture_add_up_to_the_whole() {
        // With the prior's halves as weights: P(over)·e + P(under)·e = e of the uncut mixture.
        double over = Math.exp(ShareMixture.logEvidenceOfExcess(8, 10, .5, 2));
        double under = Math.exp(ShareMixture.logEvidenceOfShortfall(8, 10, .5, 2));
        double whole = Math.exp(SampleRatio.logEvidence(new long[] {8, 2}, new double[] {.5, .5}, 2));
        assertThat((over + under) / 2).isCloseTo(whole, within(1e-12));
    }
}
