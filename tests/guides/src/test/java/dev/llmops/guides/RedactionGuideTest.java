package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.Operation;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.logging.redaction.PiiTypes;
import dev.llmops.logging.redaction.RedactedText;
import dev.llmops.logging.redaction.RedactionEnricher;
import dev.llmops.logging.redaction.RedactionSession;
import dev.llmops.logging.redaction.Redactor;
import dev.llmops.logging.redaction.Replacement;
import dev.llmops.logging.redaction.StreamRestorer;
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
        RecordingListener seen = new RecordingListener();
        LlmOps llmops = LlmOps.builder()
                .captureContent(true)
                .enricher(RedactionEnricher.using(redactor))
                .listener(seen)
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .start()
                .input("Write to li@example.com")
                .finish();
        assertThat(seen.onlyRecord().content().input()).isEqualTo("Write to [EMAIL]");
    }
}
