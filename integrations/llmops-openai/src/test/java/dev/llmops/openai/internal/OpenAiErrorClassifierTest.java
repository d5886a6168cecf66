package dev.llmops.openai.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.Headers;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.models.ErrorObject;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class OpenAiErrorClassifierTest {

    private final OpenAiErrorClassifier classifier = new OpenAiErrorClassifier();

    @Test
    void a_quota_is_told_from_a_rate_limit() {
        CallError quota = known(refusal("insufficient_quota"));
        CallError rate = known(refusal("rate_limit_exceeded"));
        assertThat(quota.kind()).isEqualTo(ErrorKind.QUOTA_EXCEEDED);
        assertThat(rate.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void the_answer_is_found_behind_wrappers() {
        CallError error = known(new CompletionException(refusal("insufficient_quota")));
        assertThat(error.kind()).isEqualTo(ErrorKind.QUOTA_EXCEEDED);
        assertThat(error.httpStatus()).hasValue(429);
    }

    @Test
    void an_error_in_a_stream_has_no_status_of_its_own() {
        SseException error = SseException.builder()
                .statusCode(200)
                .headers(Headers.builder().build())
                .error(error("server_error"))
                .build();
        assertThat(known(error).kind()).isEqualTo(ErrorKind.PROVIDER_UNAVAILABLE);
    }

    @Test
    void a_timeout_is_told_from_a_broken_connection() {
        OpenAIIoException error = new OpenAIIoException("Request failed", new SocketTimeoutException("timeout"));
        assertThat(known(error).kind()).isEqualTo(ErrorKind.TIMEOUT);
    }

    @Test
    void other_exceptions_are_left_to_others() {
        assertThat(classifier.classify(new IllegalStateException("mine"))).isNull();
    }

    private CallError known(Throwable error) {
        return Objects.requireNonNull(classifier.classify(error));
    }

    private static RateLimitException refusal(String code) {
        return RateLimitException.builder()
                .headers(Headers.builder().build())
                .error(error(code))
                .build();
    }

    private static ErrorObject error(String code) {
        return ErrorObject.builder()
                .code(code)
                .message("no")
                .param("")
                .type(code)
                .build();
    }
}
