package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObservePublisherTest {

    private final Rig rig = new Rig();
    private final SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 16);
    private final Sink sink = new Sink();

    @AfterEach
    void close() {
        source.close();
    }

    private void subscribe(BiConsumer<String, LlmCall> onItem) {
        rig.llmops.observePublisher(rig::call, source, onItem).subscribe(sink);
    }

    private void subscribe() {
        subscribe((item, call) -> call.chunk(item.length()));
    }

    /** Wants everything, and remembers what it gets. */
    static class Sink implements Flow.Subscriber<String> {
        final List<String> signals = new ArrayList<>();
        Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String item) {
            signals.add(item);
        }

        @Override
        public void onError(Throwable error) {
            signals.add(error.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    @Test
    void a_stream_that_completes_finishes_its_call_and_passes_unchanged() {
        subscribe();
        source.submit("hel");
        source.submit("lo");
        source.close();
        assertThat(sink.signals).containsExactly("hel", "lo", "complete");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.record().usage().outputTokens()).hasValue(5);
    }

    @Test
    void a_stream_that_breaks_fails_its_call() {
        subscribe();
        source.submit("hel");
        source.closeExceptionally(new EOFException());
        assertThat(sink.signals).containsExactly("hel", "EOFException");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.record().usage().outputTokens()).hasValue(3);
    }

    @Test
    void a_subscriber_that_cancels_cancels_its_call_and_the_source() {
        subscribe();
        source.submit("hel");
        sink.subscription.cancel();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void a_cancel_after_the_end_is_none() {
        subscribe();
        source.close();
        sink.subscription.cancel();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.LATE_ENDINGS)).isEmpty();
    }

    @Test
    void a_function_that_cannot_read_an_item_does_not_disturb_the_stream_and_is_counted() {
        subscribe((item, call) -> {
            throw new AssertionError();
        });
        source.submit("hello");
        source.close();
        assertThat(sink.signals).containsExactly("hello", "complete");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.failures("on_item")).isEqualTo(1);
    }

    @Test
    void a_function_may_end_the_call_by_an_error_object_in_the_stream() {
        subscribe((item, call) -> call.fail(ProviderErrors.ofStream(item)));
        source.submit("{\"error\":{\"type\":\"overloaded_error\"}}");
        source.close();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.LATE_ENDINGS)).isEmpty();
    }

    @Test
    void each_subscription_is_a_call_of_its_own() {
        Flow.Publisher<String> observed = rig.llmops.observePublisher(rig::call, source, (item, call) -> call.chunk(1));
        observed.subscribe(new Sink());
        observed.subscribe(new Sink());
        source.close();
        assertThat(rig.seen.records()).hasSize(2);
    }

    @Test
    void the_call_is_current_while_the_subscription_begins_and_not_for_the_items() {
        List<Boolean> current = new ArrayList<>();
        Flow.Publisher<String> items = subscriber -> {
            current.add(rig.llmops.currentCall().isPresent());
            source.subscribe(subscriber);
            source.submit("hel");
        };
        rig.llmops
                .observePublisher(rig::call, items, (item, call) -> call.chunk(1))
                .subscribe(new Sink() {
                    @Override
                    public void onNext(String item) {
                        current.add(rig.llmops.currentCall().isPresent());
                    }
                });
        assertThat(current).containsExactly(true, false);
    }

    @Test
    void no_call_starts_before_somebody_subscribes() {
        rig.llmops.observePublisher(rig::call, source, (item, call) -> call.chunk(1));
        assertThat(rig.seen.started()).isEmpty();
    }

    @Test
    void a_subscriber_that_throws_fails_its_call() {
        rig.llmops
                .observePublisher(rig::call, source, (item, call) -> call.chunk(1))
                .subscribe(new Sink() {
                    @Override
                    public void onNext(String item) {
                        throw new IllegalStateException();
                    }
                });
        source.submit("hello");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rig.llmops.activeCalls()).isZero();
    }

    @Test
    void a_source_that_refuses_the_subscriber_fails_the_call() {
        Flow.Publisher<String> refusing = subscriber -> {
            throw new IllegalStateException("closed");
        };
        Flow.Publisher<String> observed =
                rig.llmops.observePublisher(rig::call, refusing, (item, call) -> call.chunk(1));
        assertThatThrownBy(() -> observed.subscribe(sink)).hasMessage("closed");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_stream_of_which_nobody_can_say_what_it_is_goes_on_unobserved() {
        rig.llmops
                .observePublisher(
                        () -> {
                            throw new IllegalStateException();
                        },
                        source,
                        (item, call) -> call.chunk(1))
                .subscribe(sink);
        source.submit("hello");
        source.close();
        assertThat(sink.signals).containsExactly("hello", "complete");
        assertThat(rig.failures("observe_publisher")).isEqualTo(1);
    }
}
