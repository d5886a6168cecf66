package dev.llmops.core.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The formats in which providers stream, as their documentation prints them. */
class WireFormatsTest {

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder().listener(seen).build();
    private final LlmCall call = llmops.call(Operation.CHAT, "any", "any").start();
    private final ResponseReaders readers = ResponseReaders.of(llmops.telemetry());

    private CallRecord stream(String... data) {
        ServerSentEvent last = null;
        for (String text : data) {
            last = new ServerSentEvent(null, text);
            readers.readChunk(last, call);
        }
        readers.endStream(last, call);
        return seen.onlyRecord();
    }

    @Test
    void openai_chat_completions() {
        CallRecord record = stream(
                "{\"model\":\"gpt-4o-2024-08-06\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":21,\"completion_tokens\":4,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":8},\"completion_tokens_details\":{\"reasoning_tokens\":2}}}",
                "[DONE]");
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.responseModel()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(record.finishReasons()).containsExactly("stop");
        assertUsage(record, 21, 4, 8, 2);
    }

    private static void assertUsage(CallRecord record, long input, long output, long cached, long reasoning) {
        assertThat(record.usage().inputTokens()).hasValue(input);
        assertThat(record.usage().outputTokens()).hasValue(output);
        assertThat(record.usage().cachedInputTokens()).isEqualTo(cached);
        assertThat(record.usage().reasoningTokens()).isEqualTo(reasoning);
        assertThat(record.timing().timeToFirstTokenNanos()).isPresent();
    }

    @Test
    void openai_responses() {
        CallRecord record = stream(
                "{\"type\":\"response.created\",\"response\":{\"status\":\"in_progress\",\"error\":null,\"model\":\"gpt-4o\"}}",
                "{\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"Hi\"}",
                "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"error\":null,\"model\":\"gpt-4o\","
                        + "\"usage\":{\"input_tokens\":21,\"input_tokens_details\":{\"cached_tokens\":8},"
                        + "\"output_tokens\":4,\"output_tokens_details\":{\"reasoning_tokens\":1}}}}");
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.finishReasons()).containsExactly("stop");
        assertUsage(record, 21, 4, 8, 1);
    }

    @Test
    void anthropic_messages_whose_input_is_without_cached_tokens() {
        CallRecord record = stream(
                "{\"type\":\"message_start\",\"message\":{\"model\":\"claude-sonnet-4-5\",\"usage\":"
                        + "{\"input_tokens\":11,\"cache_creation_input_tokens\":2,\"cache_read_input_tokens\":8,\"output_tokens\":1}}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":4}}",
                "{\"type\":\"message_stop\"}");
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.finishReasons()).containsExactly("end_turn");
        assertThat(record.usage().cacheWriteTokens()).isEqualTo(2);
        assertUsage(record, 21, 4, 8, 0);
    }

    @Test
    void gemini_whose_output_is_without_thoughts() {
        CallRecord record = stream(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\",\"index\":0}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":21,\"candidatesTokenCount\":3,\"cachedContentTokenCount\":8,"
                        + "\"thoughtsTokenCount\":1},\"modelVersion\":\"gemini-2.5-flash\"}");
        assertThat(record.responseModel()).isEqualTo("gemini-2.5-flash");
        assertThat(record.finishReasons()).containsExactly("STOP");
        assertUsage(record, 21, 4, 8, 1);
    }

    @Test
    void ollama() {
        CallRecord record = stream(
                "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":false}",
                "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
                        + "\"done_reason\":\"stop\",\"prompt_eval_count\":21,\"eval_count\":4}");
        assertThat(record.finishReasons()).containsExactly("stop");
        assertUsage(record, 21, 4, 0, 0);
    }

    @Test
    void reasoning_is_a_token_but_no_output() {
        CallRecord record = stream(
                "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        assertThat(record.timing().timeToFirstTokenNanos()).isPresent();
        assertThat(record.timing().timeToFirstOutputNanos()).isEmpty();
    }

    @Test
    void a_request_for_a_tool_is_content() {
        CallRecord record = stream("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                + "{\"name\":\"weather\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}");
        assertThat(record.timing().timeToFirstTokenNanos()).isPresent();
        assertThat(record.finishReasons()).containsExactly("tool_calls");
    }

    @Test
    void the_end_marker_ends_the_call_since_clients_stop_reading_there() {
        readers.readChunk(new ServerSentEvent(null, "{\"choices\":[{\"finish_reason\":\"stop\"}]}"), call);
        readers.readChunk(new ServerSentEvent(null, "[DONE]"), call);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_stream_without_a_finish_reason_has_failed() {
        CallRecord record = stream("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}");
        assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(record.error().kind()).isEqualTo(ErrorKind.PROTOCOL_ERROR);
    }

    @Test
    void an_error_object_fails_the_call() {
        CallRecord record = stream("{\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}");
        assertThat(record.error().kind()).isEqualTo(ErrorKind.OVERLOADED);
    }

    @Test
    void an_event_that_is_cut_off_fails_the_call() {
        CallRecord record = stream("{\"choices\":[{\"delta\":{\"content\":\"H");
        assertThat(record.error().type()).isEqualTo("malformed_event");
    }

    @Test
    void keep_alives_and_events_in_words_are_no_content() {
        readers.readChunk(new ServerSentEvent("ping", "{\"type\":\"ping\"}"), call);
        readers.readChunk(new ServerSentEvent(null, ""), call);
        readers.readChunk(new ServerSentEvent(null, "hello"), call);
        call.finish("stop");
        assertThat(seen.onlyRecord().timing().timeToFirstTokenNanos()).isEmpty();
        assertThat(List.of(seen.onlyRecord().outcome())).containsExactly(Outcome.COMPLETED);
    }
}
