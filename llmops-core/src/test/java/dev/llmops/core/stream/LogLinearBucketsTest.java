package dev.llmops.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LogLinearBucketsTest {

    private static final int BUCKETS = LogLinearBuckets.GROUPS * LogLinearBuckets.GROUP_SIZE;
    private static final long LIMIT = 1L << 41;

    @Property(tries = 10_000)
    void a_midpoint_is_less_than_1_6_percent_off(@ForAll @LongRange(max = LIMIT - 1) long nanos) {
        long midpoint = LogLinearBuckets.midpointOf(LogLinearBuckets.indexOf(nanos));
        assertThat(midpoint).isCloseTo(nanos, withPercentage(1.6));
    }

    @Property
    void a_longer_gap_never_lies_in_an_earlier_bucket(@ForAll long one, @ForAll long other) {
        int shorter = LogLinearBuckets.indexOf(Math.min(one, other));
        int longer = LogLinearBuckets.indexOf(Math.max(one, other));
        assertThat(shorter).isLessThanOrEqualTo(longer);
    }

    @Property
    void a_midpoint_lies_in_its_own_bucket(@ForAll @IntRange(max = BUCKETS - 1) int index) {
        assertThat(LogLinearBuckets.indexOf(LogLinearBuckets.midpointOf(index))).isEqualTo(index);
    }

    @Property
    void every_gap_whatever_has_a_bucket(@ForAll long nanos) {
        assertThat(LogLinearBuckets.indexOf(nanos)).isBetween(0, BUCKETS - 1);
    }

    @Test
    void buckets_follow_each_other_without_gaps_at_every_power_of_two() {
        for (int exponent = 6; exponent <= 40; exponent++) {
            long edge = 1L << exponent;
            assertThat(LogLinearBuckets.indexOf(edge)).isEqualTo(LogLinearBuckets.indexOf(edge - 1) + 1);
        }
    }

    @Test
    void small_gaps_are_exact_and_negative_ones_are_zero() {
        for (int nanos = 0; nanos < 64; nanos++) {
            assertThat(LogLinearBuckets.midpointOf(LogLinearBuckets.indexOf(nanos)))
                    .isEqualTo(nanos);
        }
        assertThat(LogLinearBuckets.indexOf(-1)).isZero();
        assertThat(LogLinearBuckets.indexOf(Long.MIN_VALUE)).isZero();
    }
}
