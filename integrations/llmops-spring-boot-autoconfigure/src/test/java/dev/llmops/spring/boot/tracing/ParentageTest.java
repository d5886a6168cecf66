package dev.llmops.spring.boot.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        classes = ParentageTest.Application.class,
        properties = {
            "management.tracing.sampling.probability=1.0",
            "management.tracing.export.enabled=true",
            "management.tracing.export.otlp.enabled=false"
        })
class ParentageTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }

        @Bean
        SimpleSpanProcessor processor(InMemorySpanExporter exporter) {
            return (SimpleSpanProcessor) SimpleSpanProcessor.create(exporter);
        }
    }

    @Autowired
    private LlmOps llmops;

    @Autowired
    private ObservationRegistry observations;

    @Autowired
    private InMemorySpanExporter exporter;

    @BeforeEach
    void forget() {
        exporter.reset();
    }

    @Test
    void a_call_is_a_child_of_the_observation_around_it_and_the_parent_of_the_one_within() {
        Observation.createNotStarted("http.server", observations)
                .observe(() -> llmops.observe(
                        llmops.call(Operation.CHAT, "openai", "gpt-4o"),
                        call -> Observation.createNotStarted("http.client", observations)
                                .observe(() -> "answer")));
        SpanData server = span("http.server");
        SpanData chat = span("chat gpt-4o");
        SpanData client = span("http.client");
        assertThat(chat.getParentSpanId()).isEqualTo(server.getSpanId());
        assertThat(client.getParentSpanId()).isEqualTo(chat.getSpanId());
        assertThat(client.getTraceId()).isEqualTo(server.getTraceId());
    }

    @Test
    void each_call_has_one_span() {
        llmops.observe(llmops.call(Operation.CHAT, "openai", "gpt-4o"), call -> "answer");
        assertThat(exporter.getFinishedSpanItems()).hasSize(1);
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + exporter.getFinishedSpanItems()));
    }
}
