package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.JsonLinesFile;
import dev.llmops.logging.LogRing;
import dev.llmops.logging.OtelLogSink;
import dev.llmops.logging.Slf4jSink;
import dev.llmops.tracing.CallSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoggingGuideTest {

    private final OpenTelemetry openTelemetry = OpenTelemetrySdk.builder().build();

    private static void oneCall(LlmOps llmops) {
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
    }

    @Test
    void one_event_per_call() {
        try (CapturedLog log = CapturedLog.of("llmops.call")) {
            LlmOps llmops = LlmOps.builder()
                    .listener(CallSpans.on(openTelemetry)) // gives calls their trace ids, so it comes first
                    .listener(CallLog.toSlf4j())
                    .build();
            oneCall(llmops);
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void a_message_of_json() {
        try (CapturedLog captured = CapturedLog.of("llmops.call")) {
            CallLog log = CallLog.toSlf4j(CallLog.Mode.MESSAGE_JSON);
            oneCall(LlmOps.builder().listener(log).build());
            assertThat(captured.messages()).singleElement().asString().startsWith("{\"schema\":");
        }
    }

    @Test
    void options() {
        try (CapturedLog captured = CapturedLog.of("llmops.call")) {
            CallLog log = CallLog.builder()
                    .sink(Slf4jSink.of(CallLog.Mode.NESTED))
                    .sampleRate(0.1) // of ordinary successes
                    .slow(Duration.ofSeconds(5)) // always kept from here on
                    .expensive(new BigDecimal("0.10")) // always kept from here on, in the cost's currency
                    .maxRecordBytes(240 * 1024)
                    .tokenAliases(true) // input_tokens and output_tokens besides tokens_in and tokens_out
                    .build();
            LlmOps llmops = LlmOps.builder().listener(log).build();
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().fail(new IllegalStateException("errors are kept"));
            assertThat(captured.messages()).hasSize(1);
        }
    }

    @Test
    void other_sinks() throws IOException {
        LogRing ring = LogRing.of(1000);
        CallLog log = CallLog.builder()
                .sink(OtelLogSink.on(openTelemetry)) // OpenTelemetry logs: structured body, event name, span
                .sink(JsonLinesFile.at(Path.of("logs/calls.jsonl")))
                .sink(ring) // LogRing.of(1000): the last entries, in memory
                .build();
        oneCall(LlmOps.builder().listener(log).build());
        log.close();
        assertThat(ring.entries()).hasSize(1);
        assertThat(Files.readAllLines(Path.of("logs/calls.jsonl"))).isNotEmpty();
    }
}
