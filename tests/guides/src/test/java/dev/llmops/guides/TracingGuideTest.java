package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Scope;
import dev.llmops.core.record.Operation;
import dev.llmops.core.version.VersionSet;
import dev.llmops.tracing.CallSpans;
import dev.llmops.tracing.IncomingTrace;
import dev.llmops.tracing.SpanProfile;
import dev.llmops.tracing.TraceHeaders;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TracingGuideTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final OpenTelemetry openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .build();

    /** A client that notes the span it was called in. */
    private static final class Client {
        private final AtomicReference<String> spanId = new AtomicReference<>();

        void send(String request) {
            spanId.set(Span.current().getSpanContext().getSpanId());
        }
    }

    private record Request(Map<String, String> headers) {
        String getHeader(String name) {
            return headers.get(name);
        }
    }

    private static final class Outgoing {
        private final Map<String, String> headers = new HashMap<>();

        void setHeader(String name, String value) {
            headers.put(name, value);
        }
    }

    @Test
    void spans() {
        LlmOps llmops = LlmOps.builder()
                .versionSet(
                        VersionSet.builder().code("1.4.2").prompt("support-v12").build())
                .listener(CallSpans.on(openTelemetry))
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("chat gpt-4o");
    }

    @Test
    void options() {
        CallSpans spans = CallSpans.builder(openTelemetry)
                .profile(SpanProfile.GEN_AI_NEXT) // the renamed conventions; GEN_AI (v1.41) is the default
                .inProcessProviders("jlama") // kind INTERNAL instead of CLIENT
                .laterEvents(CallSpans.LaterEvents.LOG_EVENT) // gen_ai.evaluation.result events instead of linked spans
                .propagateVersionSet(false) // keep versions out of outgoing baggage
                .passBaggage(key -> key.startsWith("acme.")) // other baggage that may go on
                .build();
        LlmOps.builder()
                .listener(spans)
                .build()
                .call(Operation.CHAT, "jlama", "llama-3.1-8b")
                .start()
                .finish();
        assertThat(exported.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void context_on_another_thread() throws InterruptedException {
        LlmOps llmops = LlmOps.builder().listener(CallSpans.on(openTelemetry)).build();
        Client client = new Client();
        String request = "{}";
        ExecutorService executor = Executors.newSingleThreadExecutor();
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        executor.submit(() -> {
            try (Scope scope = call.makeCurrent()) {
                client.send(request); // a child of the call's span, on any thread
            }
        });
        executor.shutdown();
        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        call.finish();
        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getSpanId)
                .containsExactly(client.spanId.get());
    }

    @Test
    void headers() {
        LlmOps llmops = LlmOps.builder().listener(CallSpans.on(openTelemetry)).build();
        Request request = new Request(Map.of("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01"));
        Outgoing outgoing = new Outgoing();
        IncomingTrace incoming = TraceHeaders.read(request::getHeader); // or a Map of headers
        LlmCall call = incoming.start(llmops.call(Operation.CHAT, "openai", "gpt-4o"));
        TraceHeaders.write(call, outgoing::setHeader);
        call.finish();
        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getTraceId)
                .containsExactly(TRACE_ID);
        assertThat(outgoing.headers.get("traceparent")).contains(TRACE_ID);
    }
}
