package dev.llmops.core.error;

import static dev.llmops.core.record.ErrorKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("serial")
class ErrorClassifierTest {

    private final ErrorClassifier classifier = ErrorClassifier.standard();

    static Stream<Arguments> jdk() {
        return Stream.of(
                arguments(new CancellationException(), CANCELLED),
                arguments(new InterruptedException(), CANCELLED),
                arguments(new ClosedByInterruptException(), CANCELLED),
                arguments(new IOException("Canceled"), CANCELLED),
                arguments(new InterruptedIOException("interrupted"), CANCELLED),
                arguments(new InterruptedIOException("timeout"), TIMEOUT),
                arguments(new TimeoutException(), TIMEOUT),
                arguments(new SocketTimeoutException("Read timed out"), TIMEOUT),
                arguments(new HttpTimeoutException("request timed out"), TIMEOUT),
                arguments(new HttpConnectTimeoutException("HTTP connect timed out"), TIMEOUT),
                arguments(new ConnectException("Connection refused"), PROVIDER_UNAVAILABLE),
                arguments(new UnknownHostException("api.example.com"), PROVIDER_UNAVAILABLE),
                arguments(new UnresolvedAddressException(), PROVIDER_UNAVAILABLE),
                arguments(new SSLHandshakeException("certificate expired"), PROVIDER_UNAVAILABLE),
                arguments(new EOFException(), PROVIDER_UNAVAILABLE),
                arguments(new SocketException("Connection reset"), PROVIDER_UNAVAILABLE),
                arguments(new IOException("HTTP/1.1 header parser received no bytes"), PROVIDER_UNAVAILABLE),
                arguments(new ProtocolException("unexpected end of stream"), PROTOCOL_ERROR),
                arguments(new OutOfMemoryError("Java heap space"), OUT_OF_MEMORY),
                arguments(new SQLTimeoutException("statement"), DEPENDENCY_FAILED),
                arguments(new FileNotFoundException("/etc/prompts"), INTERNAL),
                arguments(new AccessDeniedException("/etc/prompts"), INTERNAL),
                arguments(new IllegalStateException("400 items are too many"), INTERNAL),
                arguments(new NullPointerException(), INTERNAL),
                arguments(new StackOverflowError(), INTERNAL));
    }

    @ParameterizedTest
    @MethodSource
    void jdk(Throwable thrown, ErrorKind kind) {
        CallError error = classifier.classify(thrown);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.type()).isEqualTo(thrown.getClass().getName());
        assertThat(error.message()).isEqualTo(thrown.getMessage());
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                arguments(new RateLimitException("slow down"), RATE_LIMITED, 0),
                arguments(new ClientException("429 RESOURCE_EXHAUSTED. You exceeded your quota"), RATE_LIMITED, 429),
                arguments(new ClientException("503 UNAVAILABLE. The model is overloaded."), OVERLOADED, 503),
                arguments(new ClientException("DEADLINE_EXCEEDED: deadline exceeded after 1.9s"), TIMEOUT, 0),
                arguments(new ClientException("404 Not Found from POST http://localhost/v1"), NOT_FOUND, 404),
                arguments(new ClientException("[403 Forbidden] during [POST] to [http://localhost]"), PERMISSION, 403),
                arguments(new ClientException("HTTP 401 - unknown"), AUTHENTICATION, 401),
                arguments(new ClientException("Slow (Service: X, Status Code: 429, Request ID: r)"), RATE_LIMITED, 429),
                arguments(new ClientException("400: maximum context length is 8192"), CONTEXT_LENGTH, 400),
                arguments(new ClientException("4000 is not a status"), INTERNAL, 0),
                arguments(new IOException("Server returned HTTP response, status code 503"), PROVIDER_UNAVAILABLE, 503),
                arguments(new RuntimeException("CUDA error: device-side assert triggered"), CUDA_ERROR, 0),
                arguments(new ToolExecutionException("no such city"), DEPENDENCY_FAILED, 0),
                arguments(new JsonParseException("unexpected end"), PROTOCOL_ERROR, 0),
                arguments(new ReadTimeoutException("30 s"), TIMEOUT, 0));
    }

    @ParameterizedTest
    @MethodSource
    void clients(Throwable thrown, ErrorKind kind, int status) {
        CallError error = classifier.classify(thrown);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.httpStatus().orElse(0)).isEqualTo(status);
    }

    @Test
    void the_providers_code_in_a_message_is_the_type() {
        CallError error = classifier.classify(
                new ClientException(
                        "HTTP 401 - {\"error\":{\"message\":\"Incorrect API key\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}"));
        assertThat(error.kind()).isEqualTo(AUTHENTICATION);
        assertThat(error.type()).isEqualTo("invalid_api_key");
        assertThat(error.httpStatus()).hasValue(401);
    }

    @Test
    void the_codes_of_a_body_printed_as_a_map_are_found() {
        CallError error = classifier.classify(new ClientException("529: {type=error, error={type=overloaded_error}}"));
        assertThat(error.kind()).isEqualTo(OVERLOADED);
        assertThat(error.type()).isEqualTo("overloaded_error");
    }

    @Test
    void wrappers_say_nothing() {
        Throwable wrapped = new CompletionException(
                new ExecutionException(new InvocationTargetException(new UncheckedIOException(new EOFException()))));
        assertThat(classifier.classify(wrapped).type()).isEqualTo("java.io.EOFException");
    }

    @Test
    void a_wrapper_around_nothing_is_internal() {
        CallError error = classifier.classify(new CompletionException("alone", null));
        assertThat(error.kind()).isEqualTo(INTERNAL);
        assertThat(error.type()).isEqualTo("java.util.concurrent.CompletionException");
    }

    @Test
    void the_cause_that_says_most_exactly_what_happened_decides() {
        CallError error = classifier.classify(new IOException("request failed", new SocketTimeoutException("timeout")));
        assertThat(error.kind()).isEqualTo(TIMEOUT);
        assertThat(error.type()).isEqualTo("java.net.SocketTimeoutException");
    }

    @Test
    void of_causes_equally_exact_the_outermost_decides() {
        CallError error = classifier.classify(new RateLimitException("x").initCause(new TimeoutException()));
        assertThat(error.kind()).isEqualTo(RATE_LIMITED);
    }

    static Stream<Arguments> unreadable_answers() {
        return Stream.of(
                arguments(new SocketTimeoutException("timeout"), TIMEOUT),
                arguments(new SocketException("Connection reset"), PROVIDER_UNAVAILABLE),
                arguments(new InterruptedIOException("interrupted"), CANCELLED),
                arguments(new IOException("Canceled"), CANCELLED),
                arguments(new JsonParseException("unexpected token"), PROTOCOL_ERROR),
                arguments(new IllegalStateException("x"), PROTOCOL_ERROR));
    }

    @ParameterizedTest
    @MethodSource
    void unreadable_answers(Throwable cause, ErrorKind kind) {
        Throwable thrown = new OpenAIInvalidDataException("Error reading response").initCause(cause);
        assertThat(classifier.classify(thrown).kind()).isEqualTo(kind);
    }

    @Test
    void a_cancel_inside_another_failure_does_not_count_against_availability() {
        CallError error = classifier.classify(new ToolExecutionException("x").initCause(new CancellationException()));
        assertThat(error.kind()).isEqualTo(CANCELLED);
        assertThat(error.kind().countsAgainstAvailability()).isFalse();
    }

    @Test
    void a_timeout_that_is_enforced_by_a_cancel_is_a_timeout() {
        Throwable thrown = new InterruptedIOException("timeout").initCause(new IOException("Canceled"));
        assertThat(classifier.classify(thrown).kind()).isEqualTo(TIMEOUT);
    }

    @Test
    void a_connection_that_the_timeout_of_a_call_closed_is_a_timeout() {
        Throwable timeout = new InterruptedIOException("timeout").initCause(new SocketException("Socket closed"));
        CallError error = classifier.classify(new IOException("Request failed", timeout));
        assertThat(error.kind()).isEqualTo(TIMEOUT);
        assertThat(error.type()).isEqualTo("java.io.InterruptedIOException");
    }

    static Stream<Throwable> what_never_reached_the_provider() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new RuntimeException(new UnknownHostException("api.example.com")),
                new UnresolvedAddressException(),
                new SSLHandshakeException("certificate expired"),
                new HttpConnectTimeoutException("HTTP connect timed out"),
                new SocketTimeoutException("Connect timed out"),
                new ClientException("HTTP 503 - busy"),
                new RateLimitException("slow down"));
    }

    @ParameterizedTest
    @MethodSource
    void what_never_reached_the_provider(Throwable thrown) {
        assertThat(classifier.classify(thrown).isUnanswered()).isTrue();
    }

    @Test
    void a_connection_that_broke_later_may_have_been_answered() {
        assertThat(classifier.classify(new SocketException("Connection reset")).isUnanswered())
                .isFalse();
        assertThat(classifier
                        .classify(new SocketTimeoutException("Read timed out"))
                        .isUnanswered())
                .isFalse();
    }

    @Test
    void classifiers_are_asked_in_turn() {
        ErrorClassifier own = error -> error instanceof RateLimitException ? CallError.of(OVERLOADED) : null;
        ErrorClassifier both = ErrorClassifier.firstOf(own, ErrorClassifier.standard());
        assertThat(both.classify(new RateLimitException("x")).kind()).isEqualTo(OVERLOADED);
        assertThat(both.classify(new TimeoutException()).kind()).isEqualTo(TIMEOUT);
        assertThat(ErrorClassifier.firstOf(own).classify(new TimeoutException()))
                .isNull();
    }

    @Test
    void a_class_is_also_known_by_what_it_extends() {
        CallError error = classifier.classify(new HouseRateLimit("x"));
        assertThat(error.kind()).isEqualTo(RATE_LIMITED);
        assertThat(error.type()).isEqualTo(HouseRateLimit.class.getName());
    }

    @Test
    void causes_in_a_circle_come_to_an_end() {
        RuntimeException first = new RuntimeException("first");
        first.initCause(new IllegalStateException("second", first));
        assertThat(classifier.classify(first).kind()).isEqualTo(INTERNAL);
    }

    @Test
    void an_exception_that_cannot_say_its_message_is_classified_by_its_class() {
        CallError error = classifier.classify(new RateLimitException("x") {
            @Override
            public String getMessage() {
                throw new IllegalStateException();
            }
        });
        assertThat(error.kind()).isEqualTo(RATE_LIMITED);
        assertThat(error.message()).isNull();
    }

    @Test
    void a_long_message_is_cut() {
        assertThat(classifier
                        .classify(new IllegalStateException("m".repeat(5000)))
                        .message())
                .isEqualTo("m".repeat(1024));
    }

    private static class ClientException extends RuntimeException {
        ClientException(String message) {
            super(message);
        }
    }

    private static final class OpenAIInvalidDataException extends ClientException {
        OpenAIInvalidDataException(String message) {
            super(message);
        }
    }

    private static class RateLimitException extends ClientException {
        RateLimitException(String message) {
            super(message);
        }
    }

    private static final class HouseRateLimit extends RateLimitException {
        HouseRateLimit(String message) {
            super(message);
        }
    }

    private static final class ToolExecutionException extends ClientException {
        ToolExecutionException(String message) {
            super(message);
        }
    }

    private static final class JsonParseException extends IOException {
        JsonParseException(String message) {
            super(message);
        }
    }

    private static final class ReadTimeoutException extends ClientException {
        ReadTimeoutException(String message) {
            super(message);
        }
    }
}
