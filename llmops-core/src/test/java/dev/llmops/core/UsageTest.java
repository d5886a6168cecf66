package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest {

    private final Rig rig = new Rig();

    @Test
    void what_the_provider_reports_counts_whatever_the_chunks_held() {
        LlmCall call = rig.start();
        rig.chunkAfter(call, 10, 7);
        call.usage(TokenUsage.inclusive(812, 333)).finish();
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.inclusive(812, 333));
        assertThat(rig.record().usage().origin()).isEqualTo(UsageOrigin.REPORTED);
    }

    @Test
    void the_last_report_counts() {
        LlmCall call = rig.start();
        call.usage(TokenUsage.inclusive(1, 1)).usage(TokenUsage.inclusive(2, 2)).finish();
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.inclusive(2, 2));
    }

    @Test
    void without_a_report_usage_is_estimated_from_the_chunks() {
        LlmCall call = rig.call().estimatedInputTokens(40).start();
        rig.chunkAfter(call, 10, 3);
        call.reasoningChunk(2);
        call.cancel();
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.estimated(OptionalLong.of(40), OptionalLong.of(5)));
    }

    @Test
    void an_input_that_nobody_estimated_stays_unknown() {
        LlmCall call = rig.start();
        call.chunk(3);
        call.finish();
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.estimated(OptionalLong.empty(), OptionalLong.of(3)));
    }

    @Test
    void an_output_of_which_no_chunk_was_seen_is_unknown_and_not_zero() {
        rig.call().estimatedInputTokens(40).start().finish();
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.estimated(OptionalLong.of(40), OptionalLong.empty()));
    }

    @Test
    void a_call_without_report_estimate_or_chunks_has_unknown_usage() {
        rig.start().finish();
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.unknown());
    }

    @Test
    void what_an_early_report_leaves_open_is_estimated_when_the_stream_breaks() {
        LlmCall call = rig.start();
        call.usage(TokenUsage.exclusive(300, -1).cachedInput(512));
        rig.chunkAfter(call, 10, 4);
        call.fail(new java.io.EOFException());
        TokenUsage usage = rig.record().usage();
        assertThat(usage.origin()).isEqualTo(UsageOrigin.ESTIMATED);
        assertThat(usage.inputTokens()).hasValue(812);
        assertThat(usage.cachedInputTokens()).isEqualTo(512);
        assertThat(usage.outputTokens()).hasValue(4);
    }

    @Test
    void where_no_model_worked_usage_is_known_to_be_zero() {
        rig.call().estimatedInputTokens(40).start().reject(CallError.of(ErrorKind.BUDGET_EXCEEDED));
        rig.start().cache(CacheResult.HIT).finish();
        rig.start().cache(CacheResult.COALESCED).finish();
        assertThat(rig.seen.records())
                .extracting(CallRecord::usage)
                .containsOnly(TokenUsage.none())
                .hasSize(3);
    }

    @Test
    void a_cache_hit_may_stream_and_still_costs_no_tokens() {
        LlmCall call = rig.start().cache(CacheResult.HIT);
        rig.chunkAfter(call, 5, 9);
        call.finish();
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.none());
        assertThat(rig.record().timing().timeToFirstTokenNanos()).hasValue(5_000_000);
    }

    @Test
    void a_cache_miss_is_an_ordinary_call() {
        rig.start().cache(CacheResult.MISS).finish();
        assertThat(rig.record().cache()).isEqualTo(CacheResult.MISS);
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.unknown());
    }

    @Test
    void time_per_output_token_divides_by_the_reported_tokens() {
        LlmCall call = rig.start();
        rig.chunkAfter(call, 100, 1);
        rig.chunkAfter(call, 90, 1);
        call.usage(TokenUsage.inclusive(10, 10)).finish();
        assertThat(rig.record().timing().timePerOutputTokenNanos()).hasValue(10_000_000);
    }

    static Stream<CallError> unanswered() {
        return Stream.of(
                ErrorClassifier.standard().classify(new ConnectException("Connection refused")),
                ErrorClassifier.standard().classify(new UnknownHostException("api.example.com")),
                ProviderErrors.ofHttp(429, null),
                ProviderErrors.ofHttp(503, "busy"),
                ProviderErrors.ofStream("{\"error\":{\"type\":\"overloaded_error\"}}"));
    }

    @ParameterizedTest
    @MethodSource
    void unanswered(CallError error) {
        rig.call().estimatedInputTokens(40).start().fail(error);
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.none());
        assertThat(rig.record().usage().count(UsageKind.REQUESTS)).isZero();
    }

    @Test
    void a_call_that_broke_after_its_first_chunk_was_answered() {
        LlmCall call = rig.call().estimatedInputTokens(40).start();
        rig.chunkAfter(call, 10, 3);
        call.fail(ProviderErrors.ofStream("{\"error\":{\"type\":\"overloaded_error\"}}"));
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.estimated(OptionalLong.of(40), OptionalLong.of(3)));
    }

    @Test
    void a_read_timeout_before_the_first_chunk_may_have_cost_the_prompt() {
        rig.call().estimatedInputTokens(40).start().timeOut();
        assertThat(rig.record().usage().inputTokens()).hasValue(40);
    }

    @Test
    void reports_in_several_events_are_merged() {
        LlmCall call = rig.start();
        call.mergeUsage(TokenUsage.exclusive(300, 1).cachedInput(512))
                .mergeUsage(TokenUsage.exclusive(-1, 333))
                .finish();
        TokenUsage usage = rig.record().usage();
        assertThat(usage.inputTokens()).hasValue(812);
        assertThat(usage.outputTokens()).hasValue(333);
        assertThat(usage.cachedInputTokens()).isEqualTo(512);
    }

    @Test
    void a_later_report_that_repeats_the_input_does_not_double_it() {
        TokenUsage first = TokenUsage.exclusive(300, 1).cachedInput(512).cacheWrite(100);
        TokenUsage later = TokenUsage.exclusive(300, 333).cachedInput(512);
        assertThat(first.mergedWith(later).inputTokens()).hasValue(912);
        assertThat(TokenUsage.unknown().mergedWith(later)).isEqualTo(later);
        assertThat(later.mergedWith(TokenUsage.unknown())).isEqualTo(later);
    }

    @Test
    void retries_that_a_client_counted_itself_are_set() {
        rig.start().retries(2).finish();
        assertThat(rig.record().retries()).isEqualTo(2);
    }
}
