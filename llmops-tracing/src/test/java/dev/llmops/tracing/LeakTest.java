package dev.llmops.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Phase;
import dev.llmops.core.RunningTool;
import dev.llmops.core.Scope;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeakTest {

    static List<Consumer<LlmCall>> endings() {
        return List.of(
                LlmCall::finish,
                LlmCall::cancel,
                LlmCall::close,
                LlmCall::timeOut,
                call -> call.fail(new IllegalStateException()),
                call -> call.reject(CallError.of(ErrorKind.GUARDRAIL)));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void every_span_ends_and_the_context_is_what_it_was(Consumer<LlmCall> ending) {
        Traced traced = new Traced();
        Context before = Context.current();
        LlmCall call = traced.chat().start();
        try (Scope scope = call.makeCurrent();
                Phase phase = call.phase("retrieval");
                RunningTool tool = call.tool("search")) {
            call.chunk(1);
            ending.accept(call);
        }
        assertThat(traced.started).hasValue(3);
        assertThat(traced.ended).hasValue(3);
        assertThat(Context.current()).isSameAs(before);
    }

    @Test
    void a_call_that_nobody_ends_is_ended_by_the_watchdog_with_its_span() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Traced traced = new Traced(
                spans -> spans,
                ops -> ops.abandonAfter(Duration.ofMillis(4)).enricher(record -> {
                    ended.countDown();
                    return record;
                }));
        LlmCall forgotten = traced.chat().start();
        traced.ticker.advanceMillis(5);
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        traced.llmops.close();
        while (traced.spans().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(forgotten.isEnded()).isTrue();
        assertThat(traced.callSpan().getAttributes().get(AttributeKey.stringKey("llmops.outcome")))
                .isEqualTo("abandoned");
        assertThat(traced.callSpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void a_record_that_cannot_be_read_ends_its_span_all_the_same() {
        Object unreadable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("unreadable");
            }
        };
        Traced traced = new Traced(
                spans -> spans,
                ops -> ops.enricher(record ->
                        record.toBuilder().attributes(Map.of("own", unreadable)).build()));
        traced.chat().start().finish();
        assertThat(traced.started).hasValue(1);
        assertThat(traced.ended).hasValue(1);
        assertThat(traced.llmops.telemetry().values(Telemetry.Kind.FAILURES)).hasSize(1);
    }

    @Test
    void a_race_of_endings_ends_each_span_once() throws Exception {
        Traced traced = new Traced();
        int calls = 2_000;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < calls; i++) {
                LlmCall call = traced.chat().start();
                Future<?> cancel = threads.submit(call::cancel);
                Future<?> finish = threads.submit(() -> call.finish("stop"));
                cancel.get();
                finish.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(traced.started).hasValue(calls);
        assertThat(traced.ended).hasValue(calls);
        assertThat(traced.llmops.telemetry().values(Telemetry.Kind.FAILURES)).isEmpty();
    }

    @Test
    void a_warm_up_makes_no_span() {
        Traced traced = new Traced();
        traced.llmops.warmUp();
        assertThat(traced.started).hasValue(0);
        assertThat(traced.llmops.telemetry().values(Telemetry.Kind.FAILURES)).isEmpty();
    }
}
