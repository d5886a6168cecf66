package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.telemetry.Telemetry;
import java.io.EOFException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EndingTest {

    private final Rig rig = new Rig();

    static Stream<Arguments> endings() {
        CallError overBudget = CallError.of(ErrorKind.BUDGET_EXCEEDED, "tenant acme");
        return Stream.of(
                ending(LlmCall::finish, Outcome.COMPLETED, null),
                ending(call -> call.finish("stop"), Outcome.COMPLETED, null),
                ending(LlmCall::cancel, Outcome.CANCELLED, ErrorKind.CANCELLED),
                ending(LlmCall::close, Outcome.CANCELLED, ErrorKind.CANCELLED),
                ending(LlmCall::timeOut, Outcome.TIMED_OUT, ErrorKind.TIMEOUT),
                ending(call -> call.fail(new EOFException()), Outcome.FAILED, ErrorKind.PROVIDER_UNAVAILABLE),
                ending(call -> call.fail(new TimeoutException()), Outcome.TIMED_OUT, ErrorKind.TIMEOUT),
                ending(call -> call.fail(new CancellationException()), Outcome.CANCELLED, ErrorKind.CANCELLED),
                ending(
                        call -> call.fail(ProviderErrors.ofStream("{\"error\":{\"type\":\"overloaded_error\"}}")),
                        Outcome.FAILED,
                        ErrorKind.OVERLOADED),
                ending(call -> call.fail(CallError.of(ErrorKind.TIMEOUT)), Outcome.TIMED_OUT, ErrorKind.TIMEOUT),
                ending(call -> call.reject(overBudget), Outcome.REJECTED, ErrorKind.BUDGET_EXCEEDED));
    }

    private static Arguments ending(Consumer<LlmCall> ending, Outcome outcome, @Nullable ErrorKind kind) {
        return arguments(ending, outcome, kind);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void each_ending_has_its_outcome_and_its_error_kind(
            Consumer<LlmCall> ending, Outcome outcome, @Nullable ErrorKind kind) {
        LlmCall call = rig.start();
        ending.accept(call);
        CallError error = rig.record().error();
        assertThat(rig.record().outcome()).isEqualTo(outcome);
        assertThat(error == null ? null : error.kind()).isEqualTo(kind);
        assertThat(call.isEnded()).isTrue();
        assertThat(rig.llmops.activeCalls()).isZero();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void the_first_ending_wins_and_later_ones_are_counted(
            Consumer<LlmCall> ending, Outcome outcome, @Nullable ErrorKind kind) {
        LlmCall call = rig.start();
        ending.accept(call);
        call.finish();
        call.cancel();
        call.cancel();
        assertThat(rig.record().outcome()).isEqualTo(outcome);
        assertThat(rig.lateEndings("completed")).isEqualTo(1);
        assertThat(rig.lateEndings("cancelled")).isEqualTo(2);
    }

    @Test
    void closing_a_call_that_has_ended_is_no_ending() {
        try (LlmCall call = rig.start()) {
            call.finish("stop");
        }
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.LATE_ENDINGS)).isEmpty();
    }

    @Test
    void a_cancel_at_or_after_the_deadline_is_a_timeout() {
        LlmCall call = rig.call().deadline(Duration.ofMillis(100)).start();
        rig.ticker.advanceMillis(100);
        call.cancel();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(rig.record().error()).isEqualTo(CallError.of(ErrorKind.TIMEOUT));
    }

    @Test
    void a_cancel_before_the_deadline_is_a_cancel() {
        LlmCall call = rig.call().deadline(Duration.ofMillis(100)).start();
        rig.ticker.advanceMillis(99);
        call.cancel();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void an_answer_after_the_deadline_is_an_answer() {
        LlmCall call = rig.call().deadline(Duration.ofMillis(100)).start();
        rig.ticker.advanceMillis(200);
        call.finish("stop");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_deadline_beyond_what_a_clock_counts_is_none_and_a_negative_one_has_passed() {
        rig.call().deadline(Duration.ofSeconds(Long.MAX_VALUE)).start().cancel();
        rig.call().deadline(Duration.ofSeconds(Long.MIN_VALUE)).start().cancel();
        assertThat(rig.seen.records())
                .extracting(CallRecord::outcome)
                .containsExactly(Outcome.CANCELLED, Outcome.TIMED_OUT);
    }

    @Test
    void finish_reasons_are_kept_in_order() {
        rig.start().finish("stop", "length");
        assertThat(rig.record().finishReasons()).containsExactly("stop", "length");
    }

    @Test
    void what_comes_after_the_end_is_dropped_and_counted() {
        LlmCall call = rig.start();
        call.finish();
        call.chunk(1);
        call.reasoningChunk(1);
        call.usage(TokenUsage.inclusive(1, 1)).retry().refusal();
        assertThat(rig.dropped("chunk_after_end")).isEqualTo(2);
        assertThat(rig.dropped("change_after_end")).isEqualTo(3);
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.unknown());
    }

    @ParameterizedTest
    @MethodSource("endings")
    void a_partial_stream_keeps_its_timing_and_its_tokens(Consumer<LlmCall> ending) {
        LlmCall call = rig.start();
        rig.chunkAfter(call, 100, 1);
        rig.chunkAfter(call, 20, 2);
        rig.ticker.advanceMillis(5);
        ending.accept(call);
        Timing timing = rig.record().timing();
        assertThat(timing.timeToFirstTokenNanos()).hasValue(100_000_000);
        assertThat(timing.interToken().samples()).isEqualTo(2);
        assertThat(timing.generationNanos()).hasValue(20_000_000);
        assertThat(timing.durationNanos()).isEqualTo(125_000_000);
    }

    @Test
    void the_call_is_in_flight_until_it_ends() {
        LlmCall first = rig.start();
        LlmCall second = rig.start();
        assertThat(rig.llmops.activeCalls()).isEqualTo(2);
        first.finish();
        assertThat(rig.llmops.activeCalls()).isEqualTo(1);
        second.cancel();
        assertThat(rig.llmops.activeCalls()).isZero();
    }
}
