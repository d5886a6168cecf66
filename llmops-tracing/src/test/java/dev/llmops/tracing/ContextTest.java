package dev.llmops.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextTest {

    private final Traced traced = new Traced();
    private final Tracer downstream = traced.openTelemetry.getTracer("downstream");
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void nothing_stays_current() throws Exception {
        assertThat(Context.current()).isSameAs(Context.root());
        assertThat(executor.submit(Context::current).get()).isSameAs(Context.root());
        executor.shutdown();
        assertThat(traced.started.get()).isEqualTo(traced.ended.get());
    }

    private void downstreamRequest() {
        downstream.spanBuilder("POST").startSpan().end();
    }

    private void assertDownstreamIsChildOf(SpanData call) {
        assertThat(traced.span("POST").getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(traced.span("POST").getTraceId()).isEqualTo(call.getTraceId());
    }

    @Test
    void starting_a_call_makes_nothing_current() {
        LlmCall call = traced.chat().start();
        assertThat(Context.current()).isSameAs(Context.root());
        call.finish();
    }

    @Test
    void a_downstream_client_sees_the_current_call() {
        LlmCall call = traced.chat().start();
        try (Scope scope = call.makeCurrent()) {
            downstreamRequest();
        }
        call.finish();
        assertDownstreamIsChildOf(traced.callSpan());
    }

    @Test
    void the_current_span_is_the_parent_of_the_call_and_current_again_afterwards() {
        Span server = downstream.spanBuilder("GET /chat").startSpan();
        try (io.opentelemetry.context.Scope scope = server.makeCurrent()) {
            Context before = Context.current();
            traced.llmops.observe(traced.chat(), call -> "answer");
            assertThat(Context.current()).isSameAs(before);
        }
        server.end();
        assertThat(traced.callSpan().getParentSpanId())
                .isEqualTo(server.getSpanContext().getSpanId());
    }

    @Test
    void an_exception_restores_the_context() {
        assertThatThrownBy(() -> traced.llmops.observe(traced.chat(), call -> {
                    downstreamRequest();
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertDownstreamIsChildOf(traced.callSpan());
    }

    @Test
    void calls_nest() {
        traced.llmops.observe(
                traced.llmops.call(dev.llmops.core.record.Operation.INVOKE_AGENT, "app", "planner"),
                agent -> traced.llmops.observe(traced.chat(), chat -> {
                    downstreamRequest();
                    return "answer";
                }));
        assertDownstreamIsChildOf(traced.callSpan());
        assertThat(traced.callSpan().getParentSpanId())
                .isEqualTo(traced.span("invoke_agent planner").getSpanId());
    }

    @Test
    void a_call_can_be_made_current_on_another_thread() throws Exception {
        LlmCall call = traced.chat().start();
        executor.submit(() -> {
                    try (Scope scope = call.makeCurrent()) {
                        downstreamRequest();
                    }
                })
                .get();
        call.finish();
        assertDownstreamIsChildOf(traced.callSpan());
    }

    @Test
    void an_executor_that_carries_contexts_carries_the_call() throws Exception {
        LlmCall call = traced.chat().start();
        try (Scope scope = call.makeCurrent()) {
            Context.taskWrapping(executor).submit(this::downstreamRequest).get();
        }
        call.finish();
        assertDownstreamIsChildOf(traced.callSpan());
    }

    @Test
    void a_future_that_completes_elsewhere_ends_the_span_there() throws Exception {
        CompletableFuture<String> answer = traced.llmops.observeStage(
                traced.chat(),
                call -> CompletableFuture.supplyAsync(
                        () -> {
                            downstreamRequest();
                            return "answer";
                        },
                        Context.taskWrapping(executor)));
        answer.get(10, TimeUnit.SECONDS);
        assertDownstreamIsChildOf(awaitCallSpan());
    }

    @Test
    void a_reactive_stream_over_threads_carries_the_call_and_leaves_nothing_behind() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        SpanContext[] atSubscription = new SpanContext[1];
        try (SubmissionPublisher<Integer> tokens = new SubmissionPublisher<>(executor, 8)) {
            Flow.Publisher<Integer> source = subscriber -> {
                atSubscription[0] = Span.current().getSpanContext();
                tokens.subscribe(subscriber);
            };
            traced.llmops
                    .observePublisher(traced::chat, source, (item, call) -> {
                        call.chunk(item);
                        try (Scope scope = call.makeCurrent()) {
                            downstreamRequest();
                        }
                    })
                    .subscribe(new TakeAll(done));
            tokens.submit(1);
        }
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertDownstreamIsChildOf(awaitCallSpan());
        assertThat(atSubscription[0].getSpanId()).isEqualTo(traced.callSpan().getSpanId());
    }

    @Test
    void a_reactive_cancel_from_another_thread_ends_the_span() throws Exception {
        Flow.Subscription[] subscription = new Flow.Subscription[1];
        Flow.Publisher<Integer> silent = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        traced.llmops
                .observePublisher(traced::chat, silent, (item, call) -> {})
                .subscribe(new TakeAll(new CountDownLatch(1)) {
                    @Override
                    public void onSubscribe(Flow.Subscription s) {
                        subscription[0] = s;
                    }
                });
        executor.submit(subscription[0]::cancel).get();
        assertThat(traced.spans()).hasSize(1);
    }

    @Test
    void the_version_set_of_the_current_call_is_baggage() {
        VersionSet versions = VersionSet.builder().code("1.4.2").build();
        LlmCall call = traced.chat().versionSet(versions).start();
        try (Scope scope = call.makeCurrent()) {
            assertThat(Baggage.current().getEntryValue("llmops.version_set.code"))
                    .isEqualTo("1.4.2");
        }
        call.finish();
    }

    @Test
    void the_version_set_stays_at_home_when_told_to() {
        Traced atHome = new Traced(spans -> spans.propagateVersionSet(false));
        LlmCall call = atHome.chat()
                .versionSet(VersionSet.builder().code("1.4.2").build())
                .start();
        try (Scope scope = call.makeCurrent()) {
            assertThat(Baggage.current().isEmpty()).isTrue();
        }
        call.finish();
    }

    private SpanData awaitCallSpan() throws InterruptedException {
        executor.submit(() -> {}); // whatever the stream left to do on its thread comes before this
        for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; Thread.onSpinWait()) {
            if (traced.spans().stream().anyMatch(span -> span.getName().equals("chat gpt-4o"))) {
                return traced.callSpan();
            }
        }
        return traced.callSpan();
    }

    private static class TakeAll implements Flow.Subscriber<Integer> {

        private final CountDownLatch done;

        TakeAll(CountDownLatch done) {
            this.done = done;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Integer item) {}

        @Override
        public void onError(Throwable error) {
            done.countDown();
        }

        @Override
        public void onComplete() {
            done.countDown();
        }
    }
}
