package dev.llmops.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Where the span of a call hangs.
 *
 * @param context holds the parent span
 * @param link a current span that could not become the parent, since it belongs to another trace; or null
 */
record TraceParent(Context context, @Nullable SpanContext link) {

    /**
     * The current span, unless the call was told to belong to another trace: then a remote parent in that one.
     */
    static TraceParent of(@Nullable String shownTraceId, Context current) {
        SpanContext span = Span.fromContext(current).getSpanContext();
        if (shownTraceId == null) {
            return new TraceParent(current, null);
        }
        String traceId = TraceIds.w3c(shownTraceId);
        if (span.getTraceId().equals(traceId)) {
            return new TraceParent(current, null);
        }
        return new TraceParent(current.with(Span.wrap(TraceIds.remoteParent(traceId))), span.isValid() ? span : null);
    }
}
