package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.telemetry.Telemetry;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ObserveTest {

    private final Rig rig = new Rig();

    @Test
    void code_that_returns_finishes_its_call() {
        String answer = rig.llmops.observe(rig.call(), call -> {
            call.chunk(1);
            return "hello";
        });
        assertThat(answer).isEqualTo("hello");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void code_that_throws_fails_its_call_and_the_exception_passes_unchanged() {
        EOFException thrown = new EOFException();
        assertThatThrownBy(() -> rig.llmops.observe(rig.call(), call -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void an_error_fails_the_call_too() {
        assertThatThrownBy(() -> rig.llmops.observe(rig.call(), call -> {
                    throw new AssertionError("bad");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(rig.record().error()).extracting(CallError::kind).isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void an_ending_by_the_code_itself_stands() {
        rig.llmops.observe(rig.call(), call -> {
            call.finish("length");
            return null;
        });
        assertThat(rig.record().finishReasons()).containsExactly("length");
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.LATE_ENDINGS)).isEmpty();
    }

    @Test
    void the_call_is_current_while_the_code_runs_and_not_when_it_ends() {
        List<String> told = new ArrayList<>();
        class Current implements LlmListener, ScopeProvider {
            @Override
            public Scope open(LiveCall call) {
                told.add("open");
                return () -> told.add("close");
            }
        }
        Rig scoped = new Rig(builder -> builder.listener(new Current()));
        scoped.llmops.observe(scoped.call(), call -> told.add("run"));
        scoped.llmops.observeStage(scoped.call(), call -> {
            told.add("run");
            return new CompletableFuture<String>();
        });
        assertThat(told).containsExactly("open", "run", "close", "open", "run", "close");
    }

    @Test
    void a_stage_is_handed_back_as_it_is_and_finishes_its_call_when_it_completes() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> observed = rig.llmops.observeStage(rig.call(), call -> answer);
        assertThat(observed).isSameAs(answer);
        assertThat(rig.llmops.activeCalls()).isEqualTo(1);
        answer.complete("hello");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_stage_that_fails_fails_its_call_with_the_cause() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        rig.llmops.observeStage(rig.call(), call -> answer.thenApply(text -> text + "!"));
        answer.completeExceptionally(new EOFException());
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.record().error()).extracting(CallError::type).isEqualTo("java.io.EOFException");
    }

    @Test
    void cancelling_the_observed_future_cancels_its_call() {
        rig.llmops
                .observeStage(rig.call(), call -> new CompletableFuture<String>())
                .cancel(true);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void the_result_of_a_stage_tells_the_usage_before_the_call_ends() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> observed = rig.llmops.observeStage(
                rig.call(), call -> answer, (text, call) -> call.usage(TokenUsage.inclusive(3, text.length())));
        answer.complete("hello");
        assertThat(observed).isSameAs(answer);
        assertThat(rig.record().usage()).isEqualTo(TokenUsage.inclusive(3, 5));
    }

    @Test
    void a_scope_that_another_thread_closes_is_counted_and_stays_open() throws InterruptedException {
        List<String> told = new ArrayList<>();
        class Current implements LlmListener, ScopeProvider {
            @Override
            public Scope open(LiveCall call) {
                return () -> told.add("close");
            }
        }
        Rig scoped = new Rig(builder -> builder.listener(new Current()));
        Scope scope = scoped.start().makeCurrent();
        Thread other = new Thread(scope::close);
        other.start();
        other.join();
        assertThat(told).isEmpty();
        assertThat(scoped.failures("scope_closed_on_another_thread")).isEqualTo(1);
        scope.close();
        scope.close();
        assertThat(told).containsExactly("close");
    }

    @Test
    void code_that_throws_instead_of_returning_a_stage_fails_its_call() {
        assertThatThrownBy(() -> rig.llmops.<String, CompletionStage<String>>observeStage(rig.call(), call -> {
                    throw new IllegalStateException("no connection");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless caller does
    void code_that_returns_no_stage_gets_none_and_its_call_fails() {
        assertThat(rig.llmops.<String, CompletionStage<String>>observeStage(rig.call(), call -> null))
                .isNull();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
    }
}
