package dev.llmops.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class CallTimeoutsTest {

    private final CallTimeouts classifier = new CallTimeouts();

    @Test
    void a_connection_that_a_timeout_closed_is_a_timeout() {
        Throwable timeout = new InterruptedIOException("timeout").initCause(new SocketException("Socket closed"));

        CallError error = classifier.classify(new IOException("Request failed", timeout));

        assertThat(error).isNotNull().extracting(CallError::kind).isEqualTo(ErrorKind.TIMEOUT);
    }

    @Test
    void other_exceptions_are_left_to_others() {
        assertThat(classifier.classify(new InterruptedIOException("interrupted")))
                .isNull();
        assertThat(classifier.classify(new SocketException("Connection reset"))).isNull();
    }
}
