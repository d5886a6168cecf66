package dev.llmops.tracing;

import dev.llmops.core.TraceIds;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The parent of a call's span.
 *
 * @param context holds the parent span
 * @param link a current span that could not become the parent, since it belongs to another trace; or null
 */
record TraceParent(Context context, @Nullable SpanContext link) {

    /**
     * Returns the current span, or a remote parent in the trace that the call names.
     */
    static TraceParent of(@Nullable String shownTraceId, Context current) {
        SpanContext span = Span.fromContext(current).getSpanContext();
        if (shownTraceId == null) {
            return new TraceParent(current, null);
        }
        String traceId = TraceIds.toW3c(shownTraceId);
        if (span.getTraceId().equals(traceId)) {
            return new TraceParent(current, null);
        }
        return new TraceParent(current.with(Span.wrap(remoteParent(traceId))), span.isValid() ? span : null);
    }

    /**
     * Returns a parent in a trace of which only the id is known. OpenTelemetry has no other way to choose the trace of a
     * span; the parent's id is derived as well, so that all calls of the trace are siblings.
     */
    private static SpanContext remoteParent(String traceId) {
        // The mark keeps the digest's hexadecimal digits from passing for a W3C id that stands for itself.
        String spanId = TraceIds.toW3c("parent of " + traceId).substring(0, SpanId.getLength());
        return SpanContext.createFromRemoteParent(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }
}
