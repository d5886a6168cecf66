package dev.llmops.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TokenUsageKindsTest {

    @Test
    void counts_of_any_kind_are_kept() {
        TokenUsage usage = TokenUsage.inclusive(100, 50)
                .with(UsageKind.WEB_SEARCHES, 3)
                .with(UsageKind.INPUT_AUDIO_SECONDS, 1_500_000_000L);

        assertThat(usage.count(UsageKind.WEB_SEARCHES)).isEqualTo(3);
        assertThat(usage.count(UsageKind.INPUT_AUDIO_SECONDS)).isEqualTo(1_500_000_000L);
        assertThat(usage.count(UsageKind.INPUT_TOKENS)).isEqualTo(100);
        assertThat(usage.count(UsageKind.INPUT_IMAGES)).isEqualTo(-1);
        assertThat(usage.details()).containsOnlyKeys(UsageKind.WEB_SEARCHES, UsageKind.INPUT_AUDIO_SECONDS);
    }

    @Test
    void a_call_is_one_request_unless_said_otherwise() {
        assertThat(TokenUsage.inclusive(1, 1).count(UsageKind.REQUESTS)).isEqualTo(1);
        assertThat(TokenUsage.inclusive(1, 1).with(UsageKind.REQUESTS, 2).count(UsageKind.REQUESTS))
                .isEqualTo(2);
    }

    @Test
    void under_exclusive_counts_a_part_counts_towards_all_that_contain_it() {
        TokenUsage usage = TokenUsage.exclusive(300, 20)
                .with(UsageKind.CACHE_WRITE_5M_TOKENS, 40)
                .with(UsageKind.CACHE_WRITE_1H_TOKENS, 60)
                .with(UsageKind.CACHE_AUDIO_READ_TOKENS, 5);

        assertThat(usage.cacheWriteTokens()).isEqualTo(100);
        assertThat(usage.cachedInputTokens()).isEqualTo(5);
        assertThat(usage.inputTokens()).hasValue(405);
        assertThat(usage.outputTokens()).hasValue(20);
    }

    @Test
    void an_explicit_zero_is_not_the_same_as_nothing_reported() {
        TokenUsage usage = TokenUsage.inclusive(10, 0).with(UsageKind.CACHE_AUDIO_READ_TOKENS, 0);

        assertThat(usage.count(UsageKind.CACHE_AUDIO_READ_TOKENS)).isZero();
        assertThat(usage.count(UsageKind.INPUT_AUDIO_TOKENS)).isEqualTo(-1);
    }

    @Test
    void usage_with_the_same_details_is_equal() {
        TokenUsage usage = TokenUsage.inclusive(10, 5).with(UsageKind.WEB_SEARCHES, 2);

        assertThat(usage)
                .isEqualTo(TokenUsage.inclusive(10, 5).with(UsageKind.WEB_SEARCHES, 2))
                .isNotEqualTo(TokenUsage.inclusive(10, 5));
        assertThat(usage)
                .hasToString(
                        "TokenUsage[REPORTED, input=OptionalLong[10], output=OptionalLong[5], cachedInput=0, cacheWrite=0, reasoning=0, {web_searches=2}]");
    }

    @Property
    void no_kind_and_no_count_makes_it_throw(@ForAll("kinds") UsageKind kind, @ForAll long first, @ForAll long second) {
        TokenUsage usage = TokenUsage.exclusive(10, 10).with(kind, first).with(kind, second);

        assertThat(usage.count(kind)).isGreaterThanOrEqualTo(-1);
    }

    @Provide
    Arbitrary<UsageKind> kinds() {
        return Arbitraries.of(UsageKind.values());
    }
}
