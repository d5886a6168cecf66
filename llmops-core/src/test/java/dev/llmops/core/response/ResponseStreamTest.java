package dev.llmops.core.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResponseStreamTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();
    private final LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
    private final ResponseStream<String> report =
            ResponseStream.of(call, ResponseReaders.of(llmops.telemetry()), "end"::equals);

    @Test
    void a_stream_that_is_read_to_its_end_is_complete() {
        assertThat(report.over(Stream.of("one", "two"))).containsExactly("one", "two");
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().timing().timeToFirstTokenNanos()).isPresent();
    }

    @Test
    void a_stream_that_is_closed_early_is_cancelled() {
        try (Stream<String> items = report.over(Stream.of("one", "two"))) {
            assertThat(items.iterator().next()).isEqualTo("one");
        }
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void a_stream_that_is_closed_when_its_answer_is_whole_is_complete() {
        Iterator<String> items = report.over(List.of("end", "more").iterator());
        assertThat(items.next()).isEqualTo("end");
        report.closed();
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void an_exception_ends_the_call_and_reaches_the_application() {
        Stream<String> items = report.over(Stream.of("one").map(ResponseStreamTest::broken));
        assertThatThrownBy(items::toList).isInstanceOf(IllegalStateException.class);
        assertThat(Objects.requireNonNull(seen.onlyRecord().error()).kind()).isEqualTo(ErrorKind.INTERNAL);
    }

    private static String broken(String text) {
        throw new IllegalStateException(text);
    }
}
