package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.logging.CallLog;
import dev.llmops.redaction.RedactedText;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.RedactionSession;
import dev.llmops.redaction.Redactor;
import dev.llmops.redaction.Replacement;
import dev.llmops.redaction.StreamRestorer;
import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.tracing.CallSpans;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionGuideTest {

    private final StringBuilder sent = new StringBuilder();

    private void send(String piece) {
        sent.append(piece);
    }

    @Test
    void text() {
        Redactor redactor = Redactor.builder()
                .replacement(PiiTypes.CREDIT_CARD, Replacement.mask(4))
                .rule("EMPLOYEE_ID", "E[0-9]{6}")
                .build();
        RedactedText safe = redactor.redact("li@example.com, 4111 1111 1111 1111, E123456");
        safe.text(); // [EMAIL], ****1111, [EMPLOYEE_ID]
        safe.counts(); // EMAIL 1, CREDIT_CARD 1, EMPLOYEE_ID 1
        safe.findings(); // types and spans of the original, never the values
        assertThat(safe.text()).isEqualTo("[EMAIL], ****1111, [EMPLOYEE_ID]");
        assertThat(safe.counts()).isEqualTo(Map.of("EMAIL", 1, "CREDIT_CARD", 1, "EMPLOYEE_ID", 1));
        assertThat(safe.findings()).hasSize(3);
    }

    @Test
    void prompts_and_streams() {
        Redactor redactor = Redactor.builder().build();
        try (RedactionSession session = redactor.openSession()) {
            String prompt = session.redact("Write to li@example.com").text(); // Write to [EMAIL_1]
            StreamRestorer restorer = session.restorer();
            for (String piece : List.of("Dear [EMA", "IL_1], …")) {
                send(restorer.accept(piece));
            }
            send(restorer.finish());
        }
        assertThat(sent).hasToString("Dear li@example.com, …");
    }

    @Test
    void records_of_calls() {
        Redactor redactor = Redactor.builder().build();
        InMemorySpanExporter exported = InMemorySpanExporter.create();
        OpenTelemetry openTelemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exported))
                        .build())
                .build();
        try (CapturedLog calls = CapturedLog.of("llmops.call");
                CapturedLog feedback = CapturedLog.of("llmops.feedback")) {
            LlmOps llmops = LlmOps.builder()
                    .contentPolicy(ContentPolicy.builder()
                            .captureContent(true)
                            .showContent(true)
                            .showEventTexts(true)
                            .build())
                    .enricher(RedactionEnricher.using(redactor))
                    .listener(CallSpans.on(openTelemetry))
                    .listener(CallLog.toSlf4j())
                    .build();
            llmops.call(Operation.CHAT, "openai", "gpt-4o")
                    .requestId("r-1")
                    .start()
                    .input("Write to li@example.com")
                    .finish();
            llmops.feedback("r-1", LlmEvent.Verdict.DOWN, "It wrote to wang@example.com");
            assertThat(calls.pairs()).contains("Write to [EMAIL]");
            assertThat(feedback.pairs()).contains("It wrote to [EMAIL]");
            assertThat(exported.getFinishedSpanItems().toString())
                    .contains("Write to [EMAIL]", "It wrote to [EMAIL]")
                    .doesNotContain("@example.com");
        }
    }
}
