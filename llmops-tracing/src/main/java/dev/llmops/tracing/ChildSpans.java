package dev.llmops.tracing;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.ToolCall;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Creates the spans below a call's span: its phases of retrieval, reranking, tools and guards, and its tool calls. They
 * are made from the record, so that they cannot outlive the call or disagree with it.
 *
 * <p>See docs/decisions/tracing.md#child-spans-and-the-first-token-event-are-made-at-the-end-from-the-record.
 */
final class ChildSpans {

    private static final List<String> SHOWN_PHASES = List.of("retrieval", "rerank", "tool", "guard");

    private final Tracer tracer;

    ChildSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    private record Shown(Timing.Phase phase, Context context) {

        boolean encloses(Timing.Phase inner) {
            return phase.depth() < inner.depth()
                    && phase.offsetNanos() <= inner.offsetNanos()
                    && phase.offsetNanos() + phase.durationNanos() >= inner.offsetNanos() + inner.durationNanos();
        }
    }

    /** Returns the kind of a phase: {@code guard.input} and {@code guard_output} are guards as much as {@code guard}. */
    private static Optional<String> shownKind(String phase) {
        return SHOWN_PHASES.stream()
                .filter(kind -> phase.startsWith(kind)
                        && (phase.length() == kind.length() || !Character.isLetterOrDigit(phase.charAt(kind.length()))))
                .findFirst();
    }

    void of(CallRecord record, Context callSpan, long callStartEpochNanos) {
        if (record.timing().phases().isEmpty() && record.toolCalls().isEmpty()) {
            return; // as of most calls
        }
        List<Shown> shown = new ArrayList<>();
        for (Timing.Phase phase : record.timing().phases()) {
            shownKind(phase.name()).ifPresent(kind -> {
                Context parent = callSpan;
                for (Shown earlier : shown) {
                    parent = earlier.encloses(phase) ? earlier.context : parent;
                }
                SpanBuilder span =
                        tracer.spanBuilder(phase.name()).setParent(parent).setAttribute(Keys.PHASE, phase.name());
                if (kind.equals("retrieval")) {
                    span.setSpanKind(SpanKind.CLIENT).setAttribute(Keys.OPERATION, Operation.RETRIEVAL.name());
                }
                Span ended = run(span, callStartEpochNanos + phase.offsetNanos(), phase.durationNanos());
                shown.add(new Shown(phase, parent.with(ended)));
            });
        }
        for (ToolCall tool : record.toolCalls()) {
            ofTool(tool, callSpan, callStartEpochNanos);
        }
    }

    private void ofTool(ToolCall tool, Context parent, long callStartEpochNanos) {
        SpanBuilder span = tracer.spanBuilder(Operation.EXECUTE_TOOL.name() + ' ' + tool.name())
                .setParent(parent)
                .setAttribute(Keys.OPERATION, Operation.EXECUTE_TOOL.name())
                .setAttribute(Keys.TOOL_NAME, tool.name())
                .setStartTimestamp(callStartEpochNanos + tool.offsetNanos(), TimeUnit.NANOSECONDS);
        if (tool.errorKind() != null) {
            span.setAttribute(Keys.ERROR_TYPE, tool.errorKind().name());
        }
        Span started = span.startSpan();
        if (tool.errorKind() != null) {
            started.setStatus(StatusCode.ERROR, tool.errorKind().name());
        }
        started.end(callStartEpochNanos + tool.offsetNanos() + tool.durationNanos(), TimeUnit.NANOSECONDS);
    }

    private static Span run(SpanBuilder builder, long startEpochNanos, long durationNanos) {
        Span span =
                builder.setStartTimestamp(startEpochNanos, TimeUnit.NANOSECONDS).startSpan();
        span.end(startEpochNanos + durationNanos, TimeUnit.NANOSECONDS);
        return span;
    }
}
