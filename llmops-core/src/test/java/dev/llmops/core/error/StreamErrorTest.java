package dev.llmops.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamErrorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"m\",\"type\":\"server_error\"}}",
                "{\"error\":\"Model is overloaded\",\"error_type\":\"overloaded\"}",
                "{\"id\":\"c1\",\"choices\":[],\"error\":{\"code\":502}}",
                "{\"object\":\"error\",\"message\":\"engine died\",\"code\":500}",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}",
                "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\"}}}",
                "[{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}]",
                "{\"throttlingException\":{\"message\":\"Too many requests\"}}",
                "{\"message\":\"Overloaded\",\"type\":\"overloaded_error\"}",
                "{\"__type\":\"ThrottlingException\",\"message\":\"slow\"}",
                "{\"detail\":\"Internal Server Error\"}",
                "{\"errors\":[{\"message\":\"m\"}]}",
            })
    void an_error_is_found_wherever_servers_put_it(String data) {
        assertThat(ProviderErrors.streamError(data)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[DONE]",
                "",
                "{\"type\":\"ping\"}",
                "{\"choices\":[{\"delta\":{\"content\":\"{\\\"error\\\":1}\"}}],\"error\":null}",
                "{\"choices\":[{\"delta\":{\"error\":\"x\",\"type\":\"error\"}}]}",
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"done\":false}",
                "{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"error\":null}}",
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}",
                "{\"message\":\"hello\"}",
                "{\"object\":\"list\",\"data\":[{\"error\":\"x\"}]}",
            })
    void an_answer_is_no_error_whatever_it_says(String data) {
        assertThat(ProviderErrors.streamError(data)).isEmpty();
    }

    @Test
    void an_event_that_is_named_error_is_one() {
        assertThat(ProviderErrors.streamError("error", "{\"message\":\"Overloaded\"}"))
                .get()
                .extracting(CallError::kind)
                .isEqualTo(ErrorKind.OVERLOADED);
    }

    @ParameterizedTest
    @CsvSource({
        "1, stop,                          true",
        "2, stop length,                   true",
        "1, content_filter,                true",
        "2, stop,                          false",
        "1, error,                         false",
        "1, ABORT,                         false",
        "1, insufficient_system_resource,  false",
        "2, stop error,                    false"
    })
    void a_stream_is_complete_once_every_choice_finished(int choices, String reasons, boolean isComplete) {
        assertThat(ProviderErrors.endOfStream(choices, List.of(reasons.split(" ")))
                        .isEmpty())
                .isEqualTo(isComplete);
    }

    @Test
    void an_end_marker_alone_and_an_empty_reason_are_failures() {
        assertThat(ProviderErrors.endOfStream(1, List.of())).get().satisfies(error -> {
            assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL_ERROR);
            assertThat(error.type()).isEqualTo("stream_unfinished");
            assertThat(error.message()).isEqualTo("stream ended, but 0 of 1 choices have a finish reason");
        });
        assertThat(ProviderErrors.endOfStream(1, List.of(""))).isPresent();
    }
}
