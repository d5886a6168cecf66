package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class IntervalsTest {

    private final FakeTicker ticker = new FakeTicker();
    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().ticker(ticker).clock(ticker.clock()).listener(seen).build();
    private final CompletableFuture<String> pending = new CompletableFuture<>();
    private final Tools tools = LlmProxy.of(llmops, Tools.class, new ToolsOfTest());

    interface Tools {

        @LlmPhase("retrieval")
        String retrieve();

        @LlmTool
        String weather();

        @LlmTool("slow")
        CompletableFuture<String> later();

        @LlmTool("reactive")
        Mono<String> mono();

        @LlmPhase
        Flux<String> ranking();
    }

    private final class ToolsOfTest implements Tools {

        @Override
        public String retrieve() {
            ticker.advanceMillis(20);
            return "documents";
        }

        @Override
        public String weather() {
            throw new IllegalStateException("no weather");
        }

        @Override
        public CompletableFuture<String> later() {
            return pending;
        }

        @Override
        public Mono<String> mono() {
            return Mono.error(new TimeoutException());
        }

        @Override
        public Flux<String> ranking() {
            return Flux.just("a", "b").doOnNext(item -> ticker.advanceMillis(10));
        }
    }

    private CallRecord during(Runnable work) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        try (Scope scope = call.makeCurrent()) {
            work.run();
        }
        call.finish("stop");
        return seen.onlyRecord();
    }

    @Test
    void a_phase_lasts_as_long_as_its_method() {
        Timing.Phase phase = during(tools::retrieve).timing().phases().get(0);
        assertThat(phase.name()).isEqualTo("retrieval");
        assertThat(phase.durationNanos()).isEqualTo(20_000_000);
    }

    @Test
    void a_tool_that_throws_has_failed_and_its_exception_reaches_the_caller() {
        CallRecord record = during(() -> assertThatThrownBy(tools::weather).hasMessage("no weather"));
        assertThat(record.toolCalls().get(0).name()).isEqualTo("weather");
        assertThat(record.toolCalls().get(0).errorKind()).isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void a_tool_that_returns_a_future_ends_with_it() {
        ToolCall tool = during(() -> {
                    assertThat(tools.later()).isSameAs(pending);
                    ticker.advanceMillis(30);
                    pending.complete("done");
                    ticker.advanceMillis(30);
                })
                .toolCalls()
                .get(0);
        assertThat(tool.durationNanos()).isEqualTo(30_000_000);
    }

    @Test
    void a_tool_that_is_a_mono_runs_when_it_is_subscribed_to() {
        CallRecord record = during(() -> tools.mono().onErrorComplete().block());
        assertThat(record.toolCalls().get(0).errorKind()).isEqualTo(ErrorKind.TIMEOUT);
    }

    @Test
    void a_phase_that_is_a_flux_belongs_to_the_call_of_its_context() {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        tools.ranking()
                .contextWrite(context -> context.put(LlmCall.class, call))
                .blockLast();
        call.finish("stop");
        Timing.Phase phase = seen.onlyRecord().timing().phases().get(0);
        assertThat(phase.name()).isEqualTo("ranking");
        assertThat(phase.durationNanos()).isEqualTo(20_000_000);
    }

    @Test
    void phases_and_tools_outside_a_call_run_and_are_counted() {
        assertThat(tools.retrieve()).isEqualTo("documents");
        assertThatThrownBy(tools::weather).hasMessage("no weather");
        assertThat(llmops.telemetry().values(Telemetry.Kind.DROPPED))
                .containsEntry("llm_phase_without_call", 1L)
                .containsEntry("llm_tool_without_call", 1L);
    }
}
