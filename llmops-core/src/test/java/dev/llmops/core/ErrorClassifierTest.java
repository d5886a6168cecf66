package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorClassifierTest {

    static final class RateLimitException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final class JsonParseException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                arguments(new TimeoutException(), ErrorKind.TIMEOUT),
                arguments(new HttpTimeoutException("late"), ErrorKind.TIMEOUT),
                arguments(new SocketTimeoutException("Read timed out"), ErrorKind.TIMEOUT),
                arguments(new CancellationException(), ErrorKind.CANCELLED),
                arguments(new InterruptedException(), ErrorKind.CANCELLED),
                arguments(new ConnectException("refused"), ErrorKind.PROVIDER_UNAVAILABLE),
                arguments(new IOException("connection reset"), ErrorKind.PROVIDER_UNAVAILABLE),
                arguments(new RateLimitException(), ErrorKind.RATE_LIMITED),
                arguments(new JsonParseException(), ErrorKind.PROTOCOL_ERROR),
                arguments(new IllegalStateException("CUDA out of memory."), ErrorKind.OUT_OF_MEMORY),
                arguments(new CompletionException(new TimeoutException()), ErrorKind.TIMEOUT),
                arguments(new ExecutionException(new RateLimitException()), ErrorKind.RATE_LIMITED),
                arguments(new UncheckedIOException(new IOException("gone")), ErrorKind.PROVIDER_UNAVAILABLE),
                arguments(new IllegalStateException("a defect"), ErrorKind.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void an_exception_or_its_cause_tells_the_kind(Throwable error, ErrorKind kind) {
        assertThat(ErrorClassifier.standard().classify(error).kind()).isEqualTo(kind);
    }

    @Test
    void the_type_is_the_class_that_told_the_kind() {
        CallError error = ErrorClassifier.standard().classify(new CompletionException(new TimeoutException("t")));
        assertThat(error.type()).isEqualTo("java.util.concurrent.TimeoutException");
    }

    @Test
    void a_circle_of_causes_comes_to_an_end() {
        Exception one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));
        assertThat(ErrorClassifier.standard().classify(one).kind()).isEqualTo(ErrorKind.INTERNAL);
    }
}
