package dev.llmops.logging.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.CallError;
import dev.llmops.core.CallRecord;
import dev.llmops.core.Content;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Operation;
import dev.llmops.core.Redaction;
import dev.llmops.core.RiskFinding;
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
            call.risk(new RiskFinding("leak", "reported", "sent to e@f.example"));
            call.fail(failure);
        }
        return listener.records().get(0);
    }

    @Test
    void content_attributes_risks_and_error_message_are_redacted_before_any_view_sees_them() {
        CallRecord record = record(llmops(Redactor.ofDefaults()), new RuntimeException("no user c@d.example"));
        assertThat(record.content()).isEqualTo(new Content("mail [EMAIL]", "done"));
        assertThat(record.attributes()).containsEntry("ticket", "card [CREDIT_CARD]");
        assertThat(record.error().message()).isEqualTo("no user [EMAIL]");
        assertThat(record.risks()).containsExactly(new RiskFinding("leak", "reported", "sent to [EMAIL]"));
        assertThat(record.redaction())
                .isEqualTo(new Redaction(
                        Redaction.Status.REDACTED,
                        java.util.List.of("input", "error.message", "risk[0].detail", "attributes.ticket"),
                        Map.of("EMAIL", 3, "CREDIT_CARD", 1),
                        Redactor.DETECTOR_VERSION));
        assertThat(record.redaction().piiDetected()).isTrue();
    }

    @Test
    void half_a_secret_at_the_end_of_a_message_that_was_cut_is_left_out() {
        String before = "no such key: ".repeat(78);
        String key = "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345";
        CallRecord record = record(llmops(Redactor.ofDefaults()), new RuntimeException(before + key));
        assertThat(before.length() + key.length()).isGreaterThan(CallError.MAX_MESSAGE_LENGTH);
        assertThat(record.error().message()).isEqualTo(before + '…');
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

    @Test
    void record_goes_out_without_its_texts_when_an_attribute_cannot_be_read() {
        Object unreadable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("mail a@b.example");
            }
        };
        LlmOps llmops = LlmOps.builder()
                .captureContent(true)
                .enricher(record ->
                        record.toBuilder().attributes(Map.of("own", unreadable)).build())
                .enricher(RedactionEnricher.using(Redactor.ofDefaults()))
                .listener(listener)
                .build();
        CallRecord record = record(llmops, new RuntimeException("no user c@d.example"));
        assertThat(record.content()).isEqualTo(new Content(RedactedText.DROPPED, RedactedText.DROPPED));
        assertThat(record.error().message()).isEqualTo(RedactedText.DROPPED);
        assertThat(record.risks()).containsExactly(new RiskFinding("leak", "reported", RedactedText.DROPPED));
        assertThat(record.attributes()).isEmpty();
        assertThat(record.redaction().status()).isEqualTo(Redaction.Status.DROPPED);
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, RedactionEnricher.WHERE))
                .isEqualTo(1);
    }
}
