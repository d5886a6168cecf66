package dev.llmops.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import org.junit.jupiter.api.Test;

class ResponseReadersTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder().listener(seen).build();
    private final LlmCall call = llmops.call(Operation.CHAT, "any", "any").start();

    record Answer(String text, long tokens) {}

    /** Reads {@link Answer}; its streams are complete only with a finish reason. */
    static class AnswerReader implements ResponseReader {

        @Override
        public boolean supports(Class<?> type) {
            return type == Answer.class;
        }

        @Override
        public void readResponse(Object response, LlmCall call) {
            call.usage(TokenUsage.inclusive(1, ((Answer) response).tokens()));
        }

        @Override
        public void readChunk(Object chunk, LlmCall call) {
            call.chunk((int) ((Answer) chunk).tokens());
        }

        @Override
        public void endStream(LlmCall call) {
            call.endOfStream();
        }
    }

    @Test
    void the_reader_of_a_type_reads_whole_responses() {
        ResponseReaders.of(llmops.telemetry(), new AnswerReader()).readResponse(new Answer("hello", 3), call);
        call.finish();
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(3);
        assertThat(seen.onlyRecord().timing().timeToFirstChunkNanos()).isEmpty();
    }

    @Test
    void the_reader_of_the_last_item_judges_the_end_of_the_stream() {
        ResponseReaders readers = ResponseReaders.of(llmops.telemetry(), new AnswerReader());
        Answer last = new Answer("hello", 3);
        readers.readChunk(last, call);
        readers.endStream(last, call);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(3);
    }

    @Test
    void an_item_of_an_unknown_type_is_one_token() {
        ResponseReaders readers = ResponseReaders.of(llmops.telemetry());
        readers.readChunk(1, call);
        readers.readChunk(new Answer("hello", 3), call);
        readers.endStream(1, call);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(2);
    }

    @Test
    void text_that_is_empty_is_no_token() {
        ResponseReaders readers = ResponseReaders.of(llmops.telemetry());
        readers.readChunk("", call);
        readers.readChunk(new StringBuilder("hello"), call);
        readers.endStream("", call);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(1);
    }

    @Test
    void a_stream_without_items_is_complete() {
        ResponseReaders.of(llmops.telemetry()).endStream(null, call);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_reader_that_throws_is_counted_and_the_stream_still_ends() {
        ResponseReaders readers = ResponseReaders.of(llmops.telemetry(), new AnswerReader() {
            @Override
            public void readChunk(Object chunk, LlmCall call) {
                throw new IllegalStateException();
            }

            @Override
            public void endStream(LlmCall call) {
                throw new AssertionError();
            }
        });
        Answer item = new Answer("hello", 3);
        readers.readChunk(item, call);
        readers.endStream(item, call);
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, "ResponseReader.read"))
                .isEqualTo(2);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_reader_that_cannot_say_what_it_supports_is_passed_over() {
        ResponseReaders readers = ResponseReaders.of(
                llmops.telemetry(),
                new AnswerReader() {
                    @Override
                    public boolean supports(Class<?> type) {
                        throw new IllegalStateException();
                    }
                },
                new AnswerReader());
        readers.readResponse(new Answer("hello", 3), call);
        call.finish();
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(3);
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, "ResponseReader.supports"))
                .isEqualTo(1);
    }

    @Test
    void a_reader_whose_library_is_absent_supports_nothing_and_is_no_failure() {
        ResponseReaders readers = ResponseReaders.of(
                llmops.telemetry(),
                new AnswerReader() {
                    @Override
                    public boolean supports(Class<?> type) {
                        throw new NoClassDefFoundError("absent");
                    }
                },
                new AnswerReader());
        readers.readResponse(new Answer("hello", 3), call);
        call.finish();
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(3);
        assertThat(llmops.telemetry().values(Telemetry.Kind.FAILURES)).isEmpty();
    }
}
