package dev.llmops.tracing;

import dev.llmops.core.TraceIds;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.LlmEvent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/**
 * Shows what happens to a call after its span has ended.
 *
 * <p>See docs/decisions/tracing.md#what-comes-later-is-a-linked-span-by-default.
 */
final class EventSpans {

    private static final String EVALUATION_RESULT = "gen_ai.evaluation.result";

    private final Tracer tracer;
    private final Logger logger;
    private final CallSpans.LaterEvents way;

    EventSpans(Tracer tracer, Logger logger, CallSpans.LaterEvents way) {
        this.tracer = tracer;
        this.logger = logger;
        this.way = way;
    }

    /** An event as it is shown: its name in the logs signal, its span's name, and its attributes. */
    private record Shown(String eventName, String spanName, AttributesBuilder attributes) {}

    void show(LlmEvent event, ContentPolicy policy) {
        CallInfo call = event.call();
        SpanContext judged = judgedSpan(call);
        Shown shown = shown(event, policy.showsEventTexts());
        if (Subject.isKnown(call)) {
            shown.attributes.put(Subject.key(call.operation()), call.requestModel());
        }
        Attributes attributes = shown.attributes
                .put(Keys.CALL_ID, call.callId().toString())
                .put(Keys.REQUEST_ID, call.requestId())
                .put(Keys.TRACE_ID, call.traceId())
                .put(Keys.VERSION_SET_ID, call.versionSet().id())
                .put(Keys.TENANT, policy.tenant(call.tenant()))
                .put(Keys.FEATURE, call.feature())
                .build();
        if (way == CallSpans.LaterEvents.LINKED_SPAN) {
            linkedSpan(event, shown, attributes, judged);
        } else {
            logger.logRecordBuilder()
                    .setEventName(shown.eventName)
                    .setTimestamp(event.at())
                    .setContext(Context.root().with(Span.wrap(judged)))
                    .setAllAttributes(attributes)
                    .emit();
        }
    }

    private void linkedSpan(LlmEvent event, Shown shown, Attributes attributes, SpanContext judged) {
        SpanBuilder builder = tracer.spanBuilder(shown.spanName)
                .setNoParent()
                .setAllAttributes(attributes)
                .setStartTimestamp(event.at());
        if (judged.isValid()) {
            builder.addLink(judged);
        }
        builder.startSpan().end(event.at());
    }

    /** Returns the call's span, as unsampled: the sampling decision is no longer known, and neither logs nor links need it. */
    private static SpanContext judgedSpan(CallInfo call) {
        return call.traceId() == null || call.spanId() == null
                ? SpanContext.getInvalid()
                : SpanContext.createFromRemoteParent(
                        TraceIds.toW3c(call.traceId()),
                        call.spanId(),
                        TraceFlags.getDefault(),
                        TraceState.getDefault());
    }

    private static Shown shown(LlmEvent event, boolean showsTexts) {
        AttributesBuilder attributes = Attributes.builder();
        if (event instanceof LlmEvent.Evaluation evaluation) {
            attributes
                    .put(Keys.EVALUATION_NAME, evaluation.evaluation())
                    .put(Keys.EVALUATION_SCORE, evaluation.score())
                    .put(Keys.EVALUATION_LABEL, evaluation.label())
                    .put(Keys.EVALUATION_EXPLANATION, showsTexts ? evaluation.explanation() : null);
            return new Shown(EVALUATION_RESULT, "evaluation " + evaluation.evaluation(), attributes);
        }
        if (event instanceof LlmEvent.Feedback feedback) {
            attributes
                    .put(Keys.EVALUATION_NAME, "user_feedback")
                    .put(Keys.EVALUATION_SCORE, feedback.verdict() == LlmEvent.Verdict.UP ? 1.0 : 0.0)
                    .put(Keys.EVALUATION_LABEL, EndAttributes.lowerCase(feedback.verdict()))
                    .put(Keys.EVALUATION_EXPLANATION, showsTexts ? feedback.comment() : null);
            return new Shown(EVALUATION_RESULT, "feedback", attributes);
        }
        if (event instanceof LlmEvent.Refusal refusal) {
            attributes.put(Keys.REFUSAL_REASON, refusal.reason());
            return new Shown("llmops.refusal", "refusal", attributes);
        }
        LlmEvent.Risk risk = (LlmEvent.Risk) event;
        attributes
                .put(Keys.RISK_TYPE, risk.finding().type())
                .put(Keys.RISK_ACTION, risk.finding().action());
        return new Shown("llmops.risk", "risk " + risk.finding().type(), attributes);
    }
}
