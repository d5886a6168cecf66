package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClosableResponseTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = Scenario.observing(seen);
    private boolean closed;

    /** Shaped as those of the SDKs. */
    interface StreamResponse extends AutoCloseable {

        Stream<String> stream();

        int status();

        @Override
        void close();
    }

    private final class Response implements StreamResponse {

        @Override
        public Stream<String> stream() {
            return Stream.of("hel", "lo");
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    interface Chat {

        @LlmObserved
        StreamResponse ask();

        @LlmObserved
        IntStream numbers();

        @LlmObserved
        PrimitiveIterator.OfInt numbersOneByOne();
    }

    private final class ChatOfTest implements Chat {

        @Override
        public StreamResponse ask() {
            return new Response();
        }

        @Override
        public IntStream numbers() {
            return IntStream.of(1, 2);
        }

        @Override
        public PrimitiveIterator.OfInt numbersOneByOne() {
            return IntStream.of(1, 2).iterator();
        }
    }

    private final Chat chat = LlmProxy.of(llmops, Chat.class, new ChatOfTest());

    @Test
    void a_response_that_is_read_to_its_end_is_complete() {
        try (StreamResponse response = chat.ask()) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.stream()).containsExactly("hel", "lo");
        }
        assertThat(Scenario.text(seen)).isEqualTo("COMPLETED 2");
        assertThat(closed).isTrue();
    }

    @Test
    void a_response_that_is_closed_before_its_end_is_cancelled() {
        try (StreamResponse response = chat.ask()) {
            assertThat(response.stream().iterator().next()).isEqualTo("hel");
        }
        assertThat(Scenario.text(seen)).isEqualTo("CANCELLED 1");
        assertThat(closed).isTrue();
    }

    @Test
    void a_stream_of_numbers_ends_its_call_with_its_last_number() {
        IntStream numbers = chat.numbers();
        assertThat(seen.records()).isEmpty();
        assertThat(numbers.sum()).isEqualTo(3);
        assertThat(Scenario.text(seen)).isEqualTo("COMPLETED 2");
    }

    @Test
    void a_stream_of_numbers_that_is_closed_before_its_end_is_cancelled() {
        try (IntStream numbers = chat.numbers()) {
            assertThat(numbers.iterator().nextInt()).isEqualTo(1);
        }
        assertThat(Scenario.text(seen)).isEqualTo("CANCELLED 1");
    }

    @Test
    void a_stream_that_cannot_be_observed_ends_its_call_at_once_and_is_counted() {
        assertThat(chat.numbersOneByOne().nextInt()).isEqualTo(1);
        assertThat(Scenario.text(seen)).isEqualTo("COMPLETED");
        assertThat(llmops.telemetry().value(Telemetry.Kind.DROPPED, "llm_observed_return_type"))
                .isEqualTo(1);
    }
}
