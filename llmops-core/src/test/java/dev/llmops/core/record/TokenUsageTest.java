package dev.llmops.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TokenUsageTest {

    @Test
    void details_inside_the_totals_leave_them_alone() {
        TokenUsage usage =
                TokenUsage.inclusive(812, 333).cachedInput(512).cacheWrite(100).reasoning(33);
        assertThat(usage.inputTokens()).hasValue(812);
        assertThat(usage.outputTokens()).hasValue(333);
    }

    @Test
    void details_beside_the_totals_are_added_to_them() {
        TokenUsage usage =
                TokenUsage.exclusive(200, 300).cachedInput(512).cacheWrite(100).reasoning(33);
        assertThat(usage.inputTokens()).hasValue(812);
        assertThat(usage.outputTokens()).hasValue(333);
    }

    @Test
    void the_same_call_is_equal_either_way() {
        assertThat(TokenUsage.exclusive(300, 333).cachedInput(512))
                .isEqualTo(TokenUsage.inclusive(812, 333).cachedInput(512))
                .hasSameHashCodeAs(TokenUsage.inclusive(812, 333).cachedInput(512));
    }

    @Property
    void the_last_value_of_a_detail_counts_and_totals_follow_it(
            @ForAll @LongRange(max = 1_000_000) long first, @ForAll @LongRange(max = 1_000_000) long last) {
        TokenUsage usage = TokenUsage.exclusive(10, 20)
                .cachedInput(first)
                .cacheWrite(first)
                .reasoning(first)
                .cachedInput(last)
                .cacheWrite(last)
                .reasoning(last);
        assertThat(usage)
                .isEqualTo(TokenUsage.inclusive(10 + 2 * last, 20 + last)
                        .cachedInput(last)
                        .cacheWrite(last)
                        .reasoning(last));
    }

    @Property
    void no_count_is_ever_negative_and_none_throws(@ForAll long input, @ForAll long output, @ForAll long detail) {
        TokenUsage usage = TokenUsage.exclusive(input, output)
                .cachedInput(detail)
                .cacheWrite(detail)
                .reasoning(detail);
        assertThat(usage.inputTokens().orElse(0)).isNotNegative();
        assertThat(usage.outputTokens().orElse(0)).isNotNegative();
        assertThat(usage.cachedInputTokens()).isNotNegative();
        assertThat(usage.cacheWriteTokens()).isNotNegative();
        assertThat(usage.reasoningTokens()).isNotNegative();
    }

    @Test
    void a_negative_total_is_unknown_and_stays_so_with_details() {
        TokenUsage usage = TokenUsage.exclusive(-5, 20).cachedInput(512);
        assertThat(usage.inputTokens()).isEmpty();
        assertThat(usage.cachedInputTokens()).isEqualTo(512);
    }

    @Test
    void a_negative_detail_is_none() {
        assertThat(TokenUsage.exclusive(10, 20).cachedInput(-5)).isEqualTo(TokenUsage.inclusive(10, 20));
    }

    @Test
    void each_usage_says_who_says_so() {
        assertThat(TokenUsage.inclusive(1, 1).origin()).isEqualTo(UsageOrigin.REPORTED);
        assertThat(TokenUsage.exclusive(1, 1).reasoning(1).origin()).isEqualTo(UsageOrigin.REPORTED);
        assertThat(TokenUsage.estimated(OptionalLong.of(1), OptionalLong.empty())
                        .origin())
                .isEqualTo(UsageOrigin.ESTIMATED);
        assertThat(TokenUsage.unknown().origin()).isEqualTo(UsageOrigin.UNKNOWN);
    }
}
