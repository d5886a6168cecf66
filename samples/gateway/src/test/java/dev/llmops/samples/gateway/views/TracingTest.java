package dev.llmops.samples.gateway.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class TracingTest {

    @Test
    void a_path_before_the_usual_one_is_kept() {
        assertThat(Tracing.tracesOf(URI.create("https://c.example/otlp")))
                .isEqualTo("https://c.example/otlp/v1/traces");
    }
}
