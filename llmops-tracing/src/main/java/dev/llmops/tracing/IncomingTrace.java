package dev.llmops.tracing;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Scope;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The trace and the versions that the headers of a request name. Immutable and thread-safe.
 *
 * <pre>{@code
 * IncomingTrace incoming = TraceHeaders.read(request::getHeader);
 * LlmCall call = incoming.start(llmops.call(Operation.CHAT, "openai", "gpt-4o").user("u1"));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class IncomingTrace {

    private final @Nullable String traceId;
    private final VersionSet versionSet;
    private final Context remote;

    IncomingTrace(@Nullable String traceId, VersionSet versionSet, Context remote) {
        this.traceId = traceId;
        this.versionSet = versionSet;
        this.remote = remote;
    }

    /**
     * Returns the trace id as views show it: an {@code x-trace-id} as it came, at most 128 characters with control
     * characters escaped, or else the trace id of {@code traceparent}.
     *
     * @return the id, or null when the request named no trace
     */
    public @Nullable String traceId() {
        return traceId;
    }

    /**
     * Returns the versions that the caller names.
     *
     * @return the version set, empty when there was none
     */
    public VersionSet versionSet() {
        return versionSet;
    }

    /**
     * Returns a copy without versions, for untrusted callers, who must not choose the versions that views show.
     *
     * @return a copy
     */
    public IncomingTrace withoutVersionSet() {
        return new IncomingTrace(traceId, VersionSet.empty(), CallBaggage.withoutVersionSet(remote));
    }

    /**
     * Starts a call as part of this trace, with these versions before those of the {@link dev.llmops.core.LlmOps}. A trace
     * id and a version set that were given to the call's builder stay where the request named none.
     *
     * @param call describes the call
     * @return the live call
     */
    public LlmCall start(LlmCallBuilder call) {
        apply(call);
        try (Scope scope = makeCurrent()) {
            return call.start();
        }
    }

    /**
     * Sets trace and versions on a call's builder, for calls that something else starts, such as {@link
     * dev.llmops.core.LlmOps#observe}. Call {@link #makeCurrent} around the start, or the caller's span is not the parent.
     *
     * @param call describes the call
     * @return the builder
     */
    public LlmCallBuilder apply(LlmCallBuilder call) {
        if (traceId != null) {
            call.traceId(traceId);
        }
        if (!versionSet.parts().isEmpty()) {
            call.versionSet(versionSet);
        }
        return call;
    }

    /**
     * Makes the caller's span and baggage current on this thread, unless a span of the same trace is current already,
     * which is the case where a server instrumentation has read the same headers.
     *
     * @return a scope that restores the former context; close it on this thread
     */
    public Scope makeCurrent() {
        SpanContext current = Span.current().getSpanContext();
        SpanContext caller = Span.fromContext(remote).getSpanContext();
        boolean continuesHere = current.isValid() && current.getTraceId().equals(caller.getTraceId());
        return continuesHere ? Scope.NOOP : Scopes.makeCurrent(remote);
    }
}
