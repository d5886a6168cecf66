package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.RiskFinding;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LaterEventsTest {

    private static Traced withEndedCall(UnaryOperator<CallSpans.Builder> spans, ContentPolicy policy) {
        Traced traced = new Traced(spans, ops -> ops.contentPolicy(policy));
        traced.chat().requestId("r-1").tenant("acme").start().finish();
        traced.ticker.advance(Duration.ofHours(1));
        return traced;
    }

    private static Traced withEndedCall() {
        return withEndedCall(spans -> spans, ContentPolicy.ofDefaults());
    }

    @Test
    void an_evaluation_is_a_span_of_its_own_linked_to_the_judged_one() {
        Traced traced = withEndedCall();
        traced.llmops.evaluation("r-1", "faithfulness", 0.92, "pass", null);
        SpanData judged = traced.callSpan();
        SpanData span = traced.span("evaluation faithfulness");
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getLinks()).singleElement().satisfies(link -> {
            assertThat(link.getSpanContext().getTraceId()).isEqualTo(judged.getTraceId());
            assertThat(link.getSpanContext().getSpanId()).isEqualTo(judged.getSpanId());
        });
        assertThat(span.getStartEpochNanos()).isEqualTo(judged.getEndEpochNanos() + 3_600_000_000_000L);
    }

    @Test
    void an_evaluation_carries_the_standard_attributes_and_what_joins_it_to_the_call() {
        Traced traced = withEndedCall();
        traced.llmops.evaluation("r-1", "faithfulness", 0.92, "pass", null);
        assertThat(traced.span("evaluation faithfulness").getAttributes().asMap())
                .containsEntry(stringKey("gen_ai.evaluation.name"), "faithfulness")
                .containsEntry(doubleKey("gen_ai.evaluation.score.value"), 0.92)
                .containsEntry(stringKey("gen_ai.evaluation.score.label"), "pass")
                .containsEntry(stringKey("llmops.request_id"), "r-1")
                .containsEntry(stringKey("llmops.tenant"), "acme")
                .containsEntry(stringKey("llmops.trace_id"), traced.callSpan().getTraceId());
    }

    @Test
    void feedback_is_an_evaluation_by_a_person() {
        Traced traced = withEndedCall();
        traced.llmops.feedback("r-1", LlmEvent.Verdict.DOWN, "my card 4111 was shown");
        Attributes attributes = traced.span("feedback").getAttributes();
        assertThat(attributes.asMap())
                .containsEntry(stringKey("gen_ai.evaluation.name"), "user_feedback")
                .containsEntry(doubleKey("gen_ai.evaluation.score.value"), 0.0)
                .containsEntry(stringKey("gen_ai.evaluation.score.label"), "down")
                .doesNotContainKey(stringKey("gen_ai.evaluation.explanation"));
    }

    @Test
    void a_comment_is_shown_on_request() {
        Traced traced = withEndedCall(
                spans -> spans, ContentPolicy.builder().showEventTexts(true).build());
        traced.llmops.feedback("r-1", LlmEvent.Verdict.DOWN, "my card 4111 was shown");
        assertThat(traced.span("feedback").getAttributes().get(stringKey("gen_ai.evaluation.explanation")))
                .isEqualTo("my card 4111 was shown");
    }

    @Test
    void a_tenant_is_hidden_as_the_policy_says() {
        Traced traced = withEndedCall(
                spans -> spans,
                ContentPolicy.builder()
                        .tenantIds(ContentPolicy.IdDisplay.OMITTED)
                        .build());
        traced.llmops.refusal("r-1", "policy");
        assertThat(traced.span("refusal").getAttributes().get(stringKey("llmops.tenant")))
                .isNull();
    }

    @Test
    void refusals_and_risks_are_linked_spans_too() {
        Traced traced = withEndedCall();
        traced.llmops.refusal("r-1", "policy");
        traced.llmops.risk("r-1", new RiskFinding("leak", "reported", "secret detail"));
        assertThat(traced.span("refusal").getAttributes().get(stringKey("llmops.refusal.reason")))
                .isEqualTo("policy");
        assertThat(traced.span("risk leak").getAttributes().get(stringKey("llmops.risk.action")))
                .isEqualTo("reported");
        assertThat(traced.started.get()).isEqualTo(traced.ended.get()).isEqualTo(3);
    }

    @Test
    void as_a_log_event_an_evaluation_stands_in_the_judged_span() {
        Traced traced =
                withEndedCall(spans -> spans.laterEvents(CallSpans.LaterEvents.LOG_EVENT), ContentPolicy.ofDefaults());
        traced.llmops.evaluation("r-1", "faithfulness", 0.92, null, null);
        LogRecordData event = traced.logs.getFinishedLogRecordItems().get(0);
        assertThat(event.getEventName()).isEqualTo("gen_ai.evaluation.result");
        assertThat(event.getSpanContext().getTraceId())
                .isEqualTo(traced.callSpan().getTraceId());
        assertThat(event.getSpanContext().getSpanId())
                .isEqualTo(traced.callSpan().getSpanId());
        assertThat(event.getAttributes().get(doubleKey("gen_ai.evaluation.score.value")))
                .isEqualTo(0.92);
        assertThat(traced.spans()).hasSize(1);
    }
}
