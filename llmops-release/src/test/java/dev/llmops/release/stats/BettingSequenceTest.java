package dev.llmops.release.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BettingSequenceTest {

    private static double[] coins(long seed, int n, double mean) {
        Random random = new Random(seed);
        return random.doubles(n).map(u -> u < mean ? 1 : 0).toArray();
    }

    @Test
    void no_score_leaves_every_mean() {
        assertThat(BettingSequence.interval(new double[0], .05)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void the_betting_interval_holds_the_mean_in_nearly_all_runs() {
        long missed = IntStream.range(0, 200)
                .filter(seed ->
                        !BettingSequence.interval(coins(seed, 300, .9), .05).contains(.9))
                .count();
        assertThat(missed).isLessThanOrEqualTo(10);
    }

    @Test
    void the_betting_interval_narrows() {
        Interval few = BettingSequence.interval(coins(1, 50, .5), .05);
        Interval many = BettingSequence.interval(coins(1, 2_000, .5), .05);
        assertThat(many.upper() - many.lower()).isLessThan(.12).isLessThan((few.upper() - few.lower()) / 2);
    }

    @Test
    void a_score_outside_the_range_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BettingSequence.interval(new double[] {.2, 1.5}, .05))
                .withMessage("a score is out of range (1.5) — scores must lie in [0, 1] — divide them by their range");
    }
}
