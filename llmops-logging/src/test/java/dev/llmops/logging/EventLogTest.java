package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.version.VersionSet;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EventLogTest {

    /** A log of what came an hour after a call whose own record is sampled out. */
    private static Logged afterACall(UnaryOperator<LlmOpsBuilder> ops) {
        Logged logged = new Logged(log -> log.sampleRate(0), ops);
        VersionSet versions = VersionSet.builder().prompt("support-v12").build();
        logged.chat()
                .requestId("r-1")
                .tenant("acme")
                .versionSet(versions)
                .start()
                .finish();
        logged.ticker.advance(Duration.ofHours(1));
        return logged;
    }

    private static LlmOpsBuilder showingTexts(LlmOpsBuilder ops) {
        return ops.contentPolicy(ContentPolicy.builder().showEventTexts(true).build());
    }

    private static Logged afterACall() {
        return afterACall(ops -> ops);
    }

    @Test
    void feedback_is_joined_to_its_call_and_versions() {
        Logged logged = afterACall();
        logged.llmops.feedback("r-1", LlmEvent.Verdict.DOWN, "wrong");
        assertThat(logged.entry().name()).isEqualTo("llmops.feedback");
        assertThat(logged.entry().message()).isEqualTo("feedback down of r-1");
        assertThat(logged.fields())
                .containsEntry("schema", "llmops.feedback/1")
                .containsEntry("timestamp", "2026-01-01T01:00:00.000Z")
                .containsEntry("request_id", "r-1")
                .containsEntry("tenant", "acme")
                .containsEntry("verdict", "down")
                .containsEntry("sample_rate", 1.0)
                .doesNotContainKey("comment");
        assertThat(logged.fields().get("version_set").toString()).contains("prompt=support-v12");
    }

    @Test
    void a_comment_is_shown_on_request() {
        Logged logged = afterACall(EventLogTest::showingTexts);
        logged.llmops.feedback("r-1", LlmEvent.Verdict.UP, "short and right");
        assertThat(logged.fields()).containsEntry("comment", "short and right");
    }

    @Test
    void an_evaluation_says_what_was_judged_and_how() {
        Logged logged = afterACall(EventLogTest::showingTexts);
        logged.llmops.evaluation("r-1", "faithfulness", 0.92, "pass", "cites its source");
        assertThat(logged.entry().message()).isEqualTo("evaluation faithfulness 0.92 of r-1");
        assertThat(logged.fields())
                .containsEntry("schema", "llmops.evaluation/1")
                .containsEntry("evaluation", "faithfulness")
                .containsEntry("score", 0.92)
                .containsEntry("label", "pass")
                .containsEntry("explanation", "cites its source");
    }

    @Test
    void an_evaluation_says_who_scored_in_which_version() {
        Logged logged = afterACall(EventLogTest::showingTexts);
        logged.llmops.evaluation("r-1", "faithfulness", 0.92, null, null, "faithfulness-judge@3");
        assertThat(logged.fields()).containsEntry("evaluator", "faithfulness-judge@3");
    }

    @Test
    void a_score_that_is_not_a_number_is_left_out() {
        CallInfo call = CallInfo.builder(new UUID(1, 2), Instant.EPOCH, Operation.CHAT, "openai", "gpt-4o")
                .build();
        LogRing ring = LogRing.of(2);
        CallLog log = CallLog.builder().sink(ring).build();
        log.eventOccurred(new LlmEvent.Evaluation(call, Instant.EPOCH, "faithfulness", Double.NaN, null, null));
        log.eventOccurred(
                new LlmEvent.Evaluation(call, Instant.EPOCH, "faithfulness", Double.NEGATIVE_INFINITY, null, null));
        assertThat(ring.entries()).hasSize(2).allSatisfy(entry -> {
            LogSchema.assertValid(entry.json());
            assertThat(entry.fields()).doesNotContainKey("score");
        });
    }

    @Test
    void a_refusal_and_a_risk_are_records_too() {
        Logged logged = afterACall();
        logged.llmops.refusal("r-1", "policy");
        assertThat(logged.fields()).containsEntry("schema", "llmops.refusal/1").containsEntry("reason", "policy");

        Logged risky = afterACall();
        risky.llmops.risk("r-1", new RiskFinding("leak", "reported", "an API key"));
        assertThat(risky.fields())
                .containsEntry("schema", "llmops.risk/1")
                .containsEntry("risk", List.of(Map.of("type", "leak", "action", "reported")));
    }

    @Test
    void the_detail_of_a_risk_is_shown_as_the_enrichers_left_it() {
        Logged logged = afterACall(ops -> showingTexts(ops).enricher(RedactionEnricher.using(Redactor.ofDefaults())));
        logged.llmops.risk("r-1", new RiskFinding("leak", "reported", "sent to a@b.example"));
        assertThat(logged.fields())
                .containsEntry(
                        "risk", List.of(Map.of("type", "leak", "action", "reported", "detail", "sent to [EMAIL]")));
    }
}
