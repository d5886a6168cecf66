package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Outcome;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObserveIteratorTest {

    private final Rig rig = new Rig();

    private ObservedIterator<String> observe(List<String> items) {
        return rig.llmops.observeIterator(
                rig.call(), call -> items.iterator(), (item, call) -> call.chunk(item.length()));
    }

    @Test
    void a_call_ends_with_the_last_item() {
        ObservedIterator<String> items = observe(List.of("a", "bc"));
        assertThat(items).toIterable().containsExactly("a", "bc");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rig.record().usage().outputTokens()).hasValue(3);
    }

    @Test
    void asking_for_more_than_there_is_ends_the_call() {
        ObservedIterator<String> items = observe(List.of());
        assertThatThrownBy(items::next).isInstanceOf(NoSuchElementException.class);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void closing_it_early_cancels_the_call() {
        ObservedIterator<String> items = observe(List.of("a", "b"));
        items.next();
        items.close();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void what_the_iterator_throws_fails_the_call() {
        Iterator<String> broken = Stream.<String>generate(() -> {
                    throw new UncheckedIOException(new java.io.EOFException());
                })
                .iterator();
        ObservedIterator<String> items = rig.llmops.observeIterator(rig.call(), call -> broken, (item, call) -> {});
        assertThatThrownBy(items::hasNext).isInstanceOf(UncheckedIOException.class);
        assertThat(rig.record().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_stream_is_observed_and_closed() {
        AtomicBoolean closed = new AtomicBoolean();
        try (Stream<String> words = rig.llmops.observeStream(
                rig.call(),
                call -> Stream.of("a", "b", "c").onClose(() -> closed.set(true)),
                (item, call) -> call.chunk(1))) {
            assertThat(words.findFirst()).hasValue("a");
        }
        assertThat(closed).isTrue();
        assertThat(rig.record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void a_stream_that_is_read_to_its_end_is_complete() {
        Stream<String> words =
                rig.llmops.observeStream(rig.call(), call -> Stream.of("a", "b"), (item, call) -> call.chunk(1));
        assertThat(words.toList()).containsExactly("a", "b");
        assertThat(rig.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_reader_of_items_that_fails_does_not_disturb_the_items() {
        ObservedIterator<String> items =
                rig.llmops.observeIterator(rig.call(), call -> List.of("a").iterator(), (item, call) -> {
                    throw new IllegalStateException();
                });
        assertThat(items).toIterable().containsExactly("a");
        assertThat(rig.failures("on_item")).isEqualTo(1);
    }
}
