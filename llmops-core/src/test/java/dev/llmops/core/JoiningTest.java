package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.core.telemetry.Telemetry;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Integrations that stand around one another count a model's work once. */
class JoiningTest {

    private final Rig rig = new Rig();

    private LlmCall inner() {
        return rig.call().joining().start();
    }

    @Test
    void a_call_joins_the_one_that_is_current() {
        rig.llmops.observe(rig.call(), outer -> {
            inner().finish("stop");
            return "answer";
        });
        assertThat(rig.seen.records()).hasSize(1);
        assertThat(rig.llmops.activeCalls()).isZero();
    }

    @Test
    void a_call_that_does_not_ask_to_join_is_a_call_of_its_own() {
        rig.llmops.observe(rig.call(), outer -> {
            rig.start().finish("stop");
            return "answer";
        });
        assertThat(rig.seen.records()).hasSize(2);
    }

    @Test
    void a_call_of_which_every_part_was_rejected_is_rejected() {
        LlmCall outer = rig.start();
        try (Scope scope = outer.makeCurrent()) {
            inner().reject(CallError.of(ErrorKind.BUDGET_EXCEEDED, "no room"));
        }
        outer.endOnce(new IllegalStateException("no room"));
        assertThat(rig.seen.onlyRecord().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(rig.seen.onlyRecord().error())
                .satisfies(error -> assertThat(error.kind()).isEqualTo(ErrorKind.BUDGET_EXCEEDED));
    }

    @Test
    void a_part_that_is_rejected_after_another_worked_rejects_no_call() {
        LlmCall outer = rig.start();
        try (Scope scope = outer.makeCurrent()) {
            inner().usage(TokenUsage.inclusive(812, 4)).finish("tool_calls");
            inner().reject(CallError.of(ErrorKind.BUDGET_EXCEEDED, "no room"));
        }
        outer.endOnce(new IllegalStateException("no room"));
        assertThat(rig.seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_part_that_works_after_another_was_rejected_completes_the_call() {
        LlmCall outer = rig.start();
        try (Scope scope = outer.makeCurrent()) {
            inner().reject(CallError.of(ErrorKind.BUDGET_EXCEEDED, "no room"));
            inner().endOnce(null);
        }
        outer.endOnce(null);
        assertThat(rig.seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_call_of_another_operation_is_a_call_of_its_own() {
        rig.llmops.observe(rig.llmops.call(Operation.INVOKE_AGENT, "openai", "helper"), outer -> {
            inner().finish("stop");
            return "answer";
        });
        assertThat(rig.seen.records()).hasSize(2);
    }

    @Test
    void a_call_does_not_join_one_that_has_ended() {
        LlmCall outer = rig.start();
        try (Scope scope = outer.makeCurrent()) {
            outer.finish("stop");
            inner().finish("stop");
        }
        assertThat(rig.seen.records()).hasSize(2);
    }

    @Test
    void a_call_does_not_join_one_of_another_instance() {
        Rig other = new Rig();
        try (LlmCall outer = other.start();
                Scope scope = outer.makeCurrent()) {
            inner().finish("stop");
        }
        assertThat(rig.seen.records()).hasSize(1);
    }

    @Test
    void a_call_joins_the_one_that_its_framework_carried_to_another_thread() {
        LlmCall outer = rig.start();
        CompletableFuture.runAsync(() -> rig.call().joining(outer).start().finish("stop"))
                .join();
        outer.finish("stop");
        assertThat(rig.seen.records()).hasSize(1);
    }

    @Test
    void without_a_call_to_join_a_call_starts() {
        inner().finish("stop");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void the_innermost_measures_the_chunks() {
        LlmCall outer = rig.start();
        LlmCall inner = rig.call().joining(outer).start();
        rig.chunkAfter(inner, 100, 2);
        rig.chunkAfter(outer, 10, 2);
        rig.chunkAfter(inner, 40, 3);
        rig.chunkAfter(outer, 10, 3);
        outer.finish("stop");
        assertThat(rig.record().usage().outputTokens()).hasValue(5);
        assertThat(rig.record().timing().timeToFirstTokenNanos()).hasValue(100_000_000);
    }

    @Test
    void the_innermost_knows_usage_and_model() {
        LlmCall outer = rig.start();
        rig.call()
                .joining(outer)
                .start()
                .usage(TokenUsage.inclusive(21, 8).cachedInput(8))
                .responseModel("gpt-4o-2024");
        outer.usage(TokenUsage.inclusive(21, 8)).responseModel("none").finish("stop");
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.inclusive(21, 8).cachedInput(8));
        assertThat(rig.record().responseModel()).isEqualTo("gpt-4o-2024");
    }

    @Test
    void the_outermost_measures_where_nothing_inside_does() {
        LlmCall outer = rig.start();
        rig.call().joining(outer).start().close();
        outer.usage(TokenUsage.inclusive(21, 8)).finish("stop");
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.inclusive(21, 8));
    }

    @Test
    void reports_of_usage_in_two_events_are_merged_within_their_part() {
        LlmCall outer = rig.start();
        LlmCall inner = rig.call().joining(outer).start();
        inner.mergeUsage(TokenUsage.exclusive(21, 1)).mergeUsage(TokenUsage.exclusive(-1, 8));
        outer.finish("stop");
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.exclusive(21, 8));
    }

    @Test
    void the_usage_of_calls_that_joined_one_after_the_other_adds_up() {
        LlmCall outer = rig.start();
        rig.call().joining(outer).start().usage(TokenUsage.inclusive(10, 4)).finish("tool_calls");
        rig.call().joining(outer).start().usage(TokenUsage.inclusive(20, 5)).finish("stop");
        outer.endOnce(null);
        assertThat(rig.record().usage().inputTokens()).hasValue(30);
        assertThat(rig.record().usage().outputTokens()).hasValue(9);
        assertThat(rig.record().finishReasons()).containsExactly("stop");
        assertThat(rig.record().retries()).isZero();
    }

    @Test
    void a_sum_with_an_estimate_is_an_estimate() {
        LlmCall outer = rig.start();
        rig.call().joining(outer).start().usage(TokenUsage.inclusive(10, 4)).finish("stop");
        rig.call().joining(outer).start().usage(TokenUsage.unknown()).finish("stop");
        outer.endOnce(null);
        assertThat(rig.record().usage().origin()).isEqualTo(UsageOrigin.ESTIMATED);
    }

    @Test
    void a_failed_call_followed_by_another_is_a_retry() {
        LlmCall outer = rig.start();
        rig.call().joining(outer).start().fail(CallError.of(ErrorKind.OVERLOADED));
        rig.call().joining(outer).start().finish("stop");
        outer.endOnce(null);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.record().retries()).isEqualTo(1);
    }

    @Test
    void a_failure_that_the_code_around_it_hides_is_a_failure() {
        rig.llmops.observe(rig.call(), outer -> {
            inner().fail(CallError.of(ErrorKind.OVERLOADED));
            return "the answer of last resort";
        });
        assertThat(rig.record().error()).extracting(CallError::kind).isEqualTo(ErrorKind.OVERLOADED);
    }

    @Test
    void the_outermost_decides_by_an_ending_of_its_own() {
        LlmCall outer = rig.start();
        rig.call().joining(outer).start().fail(CallError.of(ErrorKind.OVERLOADED));
        outer.cancel();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void late_endings_of_a_call_that_joined_are_silent() {
        LlmCall outer = rig.start();
        LlmCall inner = rig.call().joining(outer).start();
        inner.finish("stop");
        inner.fail(new IllegalStateException());
        outer.finish("stop");
        inner.cancel();
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.LATE_ENDINGS)).isEmpty();
        assertThat(inner.isEnded()).isTrue();
    }

    @Test
    void the_model_of_the_innermost_stands_in_for_one_that_the_outermost_does_not_know() {
        LlmCall outer = rig.llmops.call(Operation.CHAT, "unknown", "unknown").start();
        rig.call().joining(outer).start().finish("stop");
        outer.endOnce(null);
        assertThat(rig.record().responseModel()).isEqualTo("gpt-4o");
    }

    @Test
    void the_current_call_is_the_innermost_one_of_the_thread() {
        LlmCall outer = rig.start();
        LlmCall inner = rig.llmops.call(Operation.EMBEDDINGS, "openai", "small").start();
        try (Scope around = outer.makeCurrent()) {
            try (Scope within = inner.makeCurrent()) {
                assertThat(rig.llmops.currentCall()).containsSame(inner);
            }
            assertThat(rig.llmops.currentCall()).containsSame(outer);
        }
        assertThat(rig.llmops.currentCall()).isEmpty();
    }

    @Test
    void a_call_that_has_ended_is_not_current() {
        LlmCall call = rig.start();
        try (Scope scope = call.makeCurrent()) {
            call.finish("stop");
            assertThat(rig.llmops.currentCall()).isEmpty();
        }
    }
}
