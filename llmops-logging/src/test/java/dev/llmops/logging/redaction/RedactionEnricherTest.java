package dev.llmops.logging.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.CallRecord;
import dev.llmops.core.Content;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Operation;
import dev.llmops.core.Redaction;
import dev.llmops.core.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionEnricherTest {

    private final RecordingListener listener = new RecordingListener();

    private LlmOps llmops(Redactor redactor) {
        return LlmOps.builder()
                .captureContent(true)
                .enricher(RedactionEnricher.using(redactor))
                .listener(listener)
                .build();
    }

    private CallRecord record(LlmOps llmops, RuntimeException failure) {
        try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start()) {
            call.input("mail a@b.example");
            call.output("done");
            call.attribute("ticket", "card 4111111111111111");
            call.fail(failure);
        }
        return listener.records().get(0);
    }

    @Test
    void content_attributes_and_error_message_are_redacted_before_any_view_sees_them() {
        CallRecord record = record(llmops(Redactor.ofDefaults()), new RuntimeException("no user c@d.example"));
        assertThat(record.content()).isEqualTo(new Content("mail [EMAIL]", "done"));
        assertThat(record.attributes()).containsEntry("ticket", "card [CREDIT_CARD]");
        assertThat(record.error().message()).isEqualTo("no user [EMAIL]");
        assertThat(record.redaction())
                .isEqualTo(new Redaction(
                        Redaction.Status.REDACTED,
                        java.util.List.of("input", "error.message", "attributes.ticket"),
                        Map.of("EMAIL", 2, "CREDIT_CARD", 1),
                        Redactor.DETECTOR_VERSION));
        assertThat(record.redaction().piiDetected()).isTrue();
    }

    @Test
    void record_goes_out_without_its_texts_when_a_detector_throws() {
        LlmOps llmops = llmops(Redactor.builder()
                .detector(text -> {
                    throw new IllegalStateException(text);
                })
                .build());
        CallRecord record = record(llmops, new RuntimeException("no user c@d.example"));
        assertThat(record.content()).isEqualTo(new Content(RedactedText.DROPPED, RedactedText.DROPPED));
        assertThat(record.error().message()).isEqualTo(RedactedText.DROPPED);
        assertThat(record.attributes().toString()).doesNotContain("4111");
        assertThat(record.redaction().status()).isEqualTo(Redaction.Status.DROPPED);
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, RedactionEnricher.WHERE))
                .isEqualTo(1);
    }
}
