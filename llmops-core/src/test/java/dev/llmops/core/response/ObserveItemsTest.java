package dev.llmops.core.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.ObservedIterator;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObserveItemsTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder().listener(seen).build();
    private final ResponseReaders readers = ResponseReaders.of(llmops.telemetry());

    private LlmCall start() {
        return llmops.call(Operation.CHAT, "provider", "model").streaming(true).start();
    }

    @Test
    void an_iterator_read_to_its_end_completes_its_call_with_a_token_for_each_unknown_item() {
        Iterator<Integer> items = readers.observe(List.of(1, 2, 3).iterator(), start());
        List<Integer> read = new ArrayList<>();
        items.forEachRemaining(read::add);
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(3);
    }

    @Test
    void an_iterator_closed_early_cancels_its_call() {
        ObservedIterator<Integer> items = readers.observe(List.of(1, 2, 3).iterator(), start());
        items.next();
        items.close();
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void an_iterator_that_throws_fails_its_call() {
        Stream<Integer> broken = Stream.of(1).map(item -> {
            throw new UncheckedIOException(new IOException("reset"));
        });
        Iterator<Integer> items = readers.observe(broken.iterator(), start());
        assertThatThrownBy(items::next).isInstanceOf(UncheckedIOException.class);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_stream_read_to_its_end_completes_its_call_and_closes_its_source() {
        List<String> closed = new ArrayList<>();
        Stream<Integer> source = Stream.of(1, 2).onClose(() -> closed.add("source"));
        try (Stream<Integer> items = readers.observe(source, start())) {
            assertThat(items.toList()).containsExactly(1, 2);
        }
        assertThat(closed).containsExactly("source");
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void each_subscription_of_a_publisher_is_a_call() {
        try (SubmissionPublisher<Integer> source = new SubmissionPublisher<>(Runnable::run, 16)) {
            Flow.Publisher<Integer> items = readers.observe(source, this::start);
            items.subscribe(new Taking());
            items.subscribe(new Taking());
            source.submit(1);
        }
        assertThat(seen.records()).hasSize(2).allMatch(record -> record.outcome() == Outcome.COMPLETED);
    }

    @Test
    void a_subscription_without_a_call_passes_unobserved() {
        Taking taking = new Taking();
        try (SubmissionPublisher<Integer> source = new SubmissionPublisher<>(Runnable::run, 16)) {
            readers.observe(source, () -> null).subscribe(taking);
            source.submit(1);
        }
        assertThat(taking.items).containsExactly(1);
        assertThat(seen.records()).isEmpty();
    }

    /** Takes everything. */
    private static final class Taking implements Flow.Subscriber<Integer> {

        private final List<Integer> items = new ArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Integer item) {
            items.add(item);
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }

        @Override
        public void onComplete() {}
    }
}
