package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RedactionEnricherTest {

    private final RecordingListener listener = new RecordingListener();

    private LlmOps llmops(Redactor redactor) {
        return LlmOps.builder()
                .contentPolicy(ContentPolicy.builder().captureContent(true).build())
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
                        List.of("input", "error.message", "risk[0].detail", "attributes.ticket"),
                        Map.of("EMAIL", 3, "CREDIT_CARD", 1),
                        Redactor.DETECTOR_VERSION));
        assertThat(record.redaction().piiDetected()).isTrue();
    }

    @Test
    void ids_of_the_call_are_replaced_in_its_texts() {
        LlmOps llmops = llmops(Redactor.ofDefaults());
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .user("user-4711")
                .tenant("acme")
                .requestId("req-88")
                .start();
        call.attribute("note", List.of("user-4711 of acme, req-88", "acmeology"));
        call.fail(new IllegalStateException("budget of user-4711 is used up"));

        CallRecord record = listener.onlyRecord();
        assertThat(record.error().message()).isEqualTo("budget of [USER_ID] is used up");
        assertThat(record.attributes())
                .containsEntry("note", List.of("[USER_ID] of [TENANT_ID], [REQUEST_ID]", "acmeology"));
        assertThat(record.info().user()).isEqualTo("user-4711");
    }

    @Test
    void each_text_of_a_list_is_redacted() {
        LlmCall call = llmops(Redactor.ofDefaults())
                .call(Operation.CHAT, "openai", "gpt-4o")
                .start();
        call.attribute("stop", List.of("END", "a@b.example")).finish();
        assertThat(listener.onlyRecord().attributes()).containsEntry("stop", List.of("END", "[EMAIL]"));
        assertThat(listener.onlyRecord().redaction().anonymizedFields()).containsExactly("attributes.stop[1]");
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
        assertTextsAreDropped(() -> {
            throw new IllegalStateException("mail a@b.example");
        });
    }

    @Test
    void record_goes_out_without_its_texts_when_reading_an_attribute_ends_in_an_error() {
        assertTextsAreDropped(() -> {
            throw new AssertionError("mail a@b.example");
        });
    }

    private void assertTextsAreDropped(Supplier<String> printing) {
        Object unreadable = new Object() {
            @Override
            public String toString() {
                return printing.get();
            }
        };
        LlmOps llmops = LlmOps.builder()
                .contentPolicy(ContentPolicy.builder().captureContent(true).build())
                .enricher(record ->
                        record.toBuilder().attributes(Map.of("own", unreadable)).build())
                .enricher(RedactionEnricher.using(Redactor.ofDefaults()))
                .listener(listener)
                .build();
        CallRecord record = record(llmops, new RuntimeException("no user c@d.example"));
        assertThat(record.content()).isEqualTo(new Content(RedactedText.DROPPED, RedactedText.DROPPED));
        assertThat(record.error().message()).isEqualTo(RedactedText.DROPPED);
        assertThat(record.risks())
                .containsExactly(new RiskFinding(RedactedText.DROPPED, RedactedText.DROPPED, RedactedText.DROPPED));
        assertThat(record.attributes()).isEmpty();
        assertThat(record.redaction().status()).isEqualTo(Redaction.Status.DROPPED);
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, RedactionEnricher.WHERE))
                .isEqualTo(1);
    }

    /** The events that are told of a call of request r-1. */
    private List<LlmEvent> events(LlmOps llmops) {
        llmops.call(Operation.CHAT, "openai", "gpt-4o").requestId("r-1").start().finish();
        llmops.feedback("r-1", LlmEvent.Verdict.UP, "mail a@b.example");
        llmops.evaluation("r-1", "judged a@b.example", 0.5, "pass a@b.example", "since a@b.example");
        llmops.refusal("r-1", "policy of a@b.example");
        llmops.risk("r-1", new RiskFinding("leak of a@b.example", "told a@b.example", "sent to a@b.example"));
        return listener.events();
    }

    @Test
    void texts_and_names_of_later_events_are_redacted_before_any_view_sees_them() {
        List<LlmEvent> events = events(llmops(Redactor.ofDefaults()));
        CallInfo call = listener.onlyRecord().info();
        assertThat(events.get(0))
                .isEqualTo(new LlmEvent.Feedback(call, events.get(0).at(), LlmEvent.Verdict.UP, "mail [EMAIL]"));
        assertThat(events.get(1))
                .isEqualTo(new LlmEvent.Evaluation(
                        call, events.get(1).at(), "judged [EMAIL]", 0.5, "pass [EMAIL]", "since [EMAIL]"));
        assertThat(events.get(2))
                .isEqualTo(new LlmEvent.Refusal(call, events.get(2).at(), "policy of [EMAIL]"));
        assertThat(events.get(3))
                .isEqualTo(new LlmEvent.Risk(
                        call,
                        events.get(3).at(),
                        new RiskFinding("leak of [EMAIL]", "told [EMAIL]", "sent to [EMAIL]")));
    }

    @Test
    void names_go_through_a_redactor_of_their_own() {
        Redactor names =
                Redactor.builder().defaultReplacement(Replacement.mask(0)).build();
        LlmOps llmops = LlmOps.builder()
                .enricher(RedactionEnricher.using(Redactor.ofDefaults(), names))
                .listener(listener)
                .build();
        LlmEvent.Evaluation evaluation = (LlmEvent.Evaluation) events(llmops).get(1);
        assertThat(evaluation.explanation()).isEqualTo("since [EMAIL]");
        assertThat(evaluation.label())
                .isEqualTo(names.redact("pass a@b.example").text())
                .isNotEqualTo("pass [EMAIL]")
                .doesNotContain("a@b.example");
    }

    @Test
    void names_that_a_provider_chose_are_redacted() {
        LlmOps llmops = llmops(Redactor.ofDefaults());
        llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .start()
                .responseModel("tuned by a@b.example")
                .finish("stop", "asked a@b.example");
        llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .start()
                .fail(new CallError(ErrorKind.INTERNAL, "no a@b.example", OptionalInt.empty(), null));
        CallRecord finished = listener.records().get(0);
        assertThat(finished.responseModel()).isEqualTo("tuned by [EMAIL]");
        assertThat(finished.finishReasons()).containsExactly("stop", "asked [EMAIL]");
        assertThat(finished.redaction().anonymizedFields()).containsExactly("response_model", "finish_reasons[1]");
        assertThat(listener.records().get(1).error().type()).isEqualTo("no [EMAIL]");
        assertThat(listener.records().get(1).redaction().anonymizedFields()).containsExactly("error.type");
    }

    @Test
    void an_event_goes_out_without_its_texts_and_names_when_a_detector_throws() {
        LlmOps llmops = llmops(Redactor.builder()
                .detector(text -> {
                    throw new IllegalStateException(text);
                })
                .build());
        List<LlmEvent> events = events(llmops);
        assertThat(events.toString()).doesNotContain("a@b.example").contains(RedactedText.DROPPED);
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, RedactionEnricher.WHERE))
                .isEqualTo(events.size());
    }
}
