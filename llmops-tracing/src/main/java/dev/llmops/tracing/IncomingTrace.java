package dev.llmops.tracing;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * What a request said of the trace it belongs to, and of the versions behind it. Immutable and thread-safe.
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
     * The trace as it is shown to people: an {@code x-trace-id} as it came, at most 128 characters with control
     * characters escaped, or else the trace id of {@code traceparent}.
     *
     * @return the id, or null when the request named no trace
     */
    public @Nullable String traceId() {
        return traceId;
    }

    /**
     * The versions that the caller says are behind the request.
     *
     * @return the version set, empty when there was none
     */
    public VersionSet versionSet() {
        return versionSet;
    }

    /**
     * The same without versions, for requests from strangers, who must not choose the versions that views show.
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
     * @param call what is about to start
     * @return the live call
     */
    public LlmCall start(LlmCall.Builder call) {
        apply(call);
        try (Scope scope = makeCurrent()) {
            return call.start();
        }
    }

    /**
     * Tells a call's builder of this trace, for calls that something else starts, such as {@link
     * dev.llmops.core.LlmOps#observe}; {@link #makeCurrent} meanwhile, or the span of the caller is not its parent.
     *
     * @param call what is about to start
     * @return the builder
     */
    public LlmCall.Builder apply(LlmCall.Builder call) {
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
     * @return what restores the former context; close it on this thread
     */
    public Scope makeCurrent() {
        SpanContext current = Span.current().getSpanContext();
        SpanContext caller = Span.fromContext(remote).getSpanContext();
        boolean continuesHere = current.isValid() && current.getTraceId().equals(caller.getTraceId());
        return continuesHere ? Scope.NOOP : Scopes.makeCurrent(remote);
    }
}
