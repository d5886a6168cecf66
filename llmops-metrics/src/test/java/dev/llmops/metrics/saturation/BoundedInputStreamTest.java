package dev.llmops.metrics.saturation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoundedInputStreamTest {

    private static InputStream bounded(int size, int maxBytes, Duration timeout) {
        URI source = URI.create("http://server/metrics");
        return new BoundedInputStream(new ByteArrayInputStream(new byte[size]), source, maxBytes, timeout);
    }

    @Test
    void a_body_up_to_the_bound_passes() throws IOException {
        assertThat(bounded(1_000, 1_000, Duration.ofMinutes(1)).readAllBytes()).hasSize(1_000);
    }

    @Test
    void a_larger_body_is_refused() {
        InputStream body = bounded(1_001, 1_000, Duration.ofMinutes(1));
        assertThatThrownBy(body::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessage("http://server/metrics answered with too large a body");
    }

    @Test
    void a_body_that_takes_too_long_is_refused() {
        InputStream body = bounded(1, 10, Duration.ofNanos(-1));
        assertThatThrownBy(body::read).hasMessageContaining("did not finish its answer");
    }
}
