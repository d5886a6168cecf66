package dev.llmops.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Phase;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import org.junit.jupiter.api.Test;

class TimingTest {

    private final FakeTicker ticker = new FakeTicker();
    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().ticker(ticker).clock(ticker.clock()).listener(seen).build();

    private LlmCall start() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true).start();
    }

    private void chunkAfter(LlmCall call, long millis, int tokens) {
        ticker.advanceMillis(millis);
        call.chunk(tokens);
    }

    private Timing timing() {
        return seen.onlyRecord().timing();
    }

    @Test
    void a_role_only_chunk_is_a_first_chunk_but_no_first_token() {
        LlmCall call = start();
        chunkAfter(call, 150, 0);
        chunkAfter(call, 40, 1);
        call.finish("stop");
        assertThat(timing().timeToFirstChunkNanos()).hasValue(150_000_000);
        assertThat(timing().timeToFirstTokenNanos()).hasValue(190_000_000);
    }

    @Test
    void reasoning_is_a_first_token_but_no_first_output() {
        LlmCall call = start();
        ticker.advanceMillis(100);
        call.reasoningChunk(1);
        chunkAfter(call, 50, 1);
        call.finish("stop");
        assertThat(timing().timeToFirstTokenNanos()).hasValue(100_000_000);
        assertThat(timing().timeToFirstOutputNanos()).hasValue(150_000_000);
    }

    @Test
    void the_listener_is_told_of_the_first_token_once() {
        LlmCall call = start();
        chunkAfter(call, 7, 1);
        chunkAfter(call, 7, 1);
        call.finish();
        assertThat(seen.firstTokensNanos()).containsExactly(7_000_000L);
    }

    @Test
    void a_chunk_of_k_tokens_after_a_gap_counts_as_k_samples_of_the_gap_divided_by_k() {
        LlmCall call = start();
        chunkAfter(call, 100, 3);
        chunkAfter(call, 40, 4);
        call.finish();
        assertThat(timing().interToken().samples()).isEqualTo(4);
        assertThat(timing().interToken().sumNanos()).isEqualTo(40_000_000);
        assertThat(timing().interToken().quantileNanos(0.5)).isBetween(9_840_000L, 10_160_000L);
    }

    @Test
    void time_per_output_token_excludes_what_comes_after_the_last_content() {
        LlmCall call = start();
        chunkAfter(call, 100, 1);
        chunkAfter(call, 30, 1);
        chunkAfter(call, 30, 1);
        ticker.advanceMillis(500);
        call.usage(TokenUsage.inclusive(10, 3)).finish();
        assertThat(timing().timePerOutputTokenNanos()).hasValue(30_000_000);
        assertThat(timing().generationNanos()).hasValue(60_000_000);
        assertThat(timing().outputTokensPerSecond()).hasValue(2 / 0.06);
        assertThat(timing().durationNanos()).isEqualTo(660_000_000);
    }

    @Test
    void with_one_token_there_is_no_time_per_output_token_and_no_rate() {
        LlmCall call = start();
        chunkAfter(call, 100, 1);
        call.finish();
        assertThat(timing().timePerOutputTokenNanos()).isEmpty();
        assertThat(timing().outputTokensPerSecond()).isEmpty();
        assertThat(timing().generationNanos()).hasValue(0);
    }

    @Test
    void a_call_without_chunks_has_only_a_duration() {
        LlmCall call = start();
        ticker.advanceMillis(12);
        call.finish();
        assertThat(timing()).isEqualTo(Timing.builder(12_000_000).build());
    }

    @Test
    void tokens_that_come_at_once_have_no_rate() {
        LlmCall call = start();
        chunkAfter(call, 5, 1);
        call.chunk(1);
        call.finish();
        assertThat(timing().outputTokensPerSecond()).isEmpty();
        assertThat(timing().timePerOutputTokenNanos()).hasValue(0);
    }

    @Test
    void phases_nest_and_are_reported_in_the_order_in_which_they_began() {
        LlmCall call = start();
        try (Phase outer = call.phase("retrieval")) {
            ticker.advanceMillis(10);
            try (Phase inner = call.phase("rerank")) {
                ticker.advanceMillis(5);
            }
            ticker.advanceMillis(1);
        }
        call.finish();
        assertThat(timing().phases())
                .containsExactly(
                        new Timing.Phase("retrieval", 0, 16_000_000, 0),
                        new Timing.Phase("rerank", 10_000_000, 5_000_000, 1));
    }

    @Test
    void a_phase_still_open_when_the_call_ends_ends_with_it() {
        LlmCall call = start();
        Phase phase = call.phase("queue");
        ticker.advanceMillis(3);
        call.finish();
        ticker.advanceMillis(3);
        phase.close();
        assertThat(timing().phases()).containsExactly(new Timing.Phase("queue", 0, 3_000_000, 0));
    }
}
