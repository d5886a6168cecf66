package dev.llmops.spring.boot.tracing;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.Scope;
import dev.llmops.core.ScopeProvider;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/**
 * Makes the span of a call current for Micrometer's tracer too. Its bridge keeps the span of the observation around a call
 * in the OpenTelemetry context and prefers it there, so that observations within the call would become its siblings.
 */
final class MicrometerScopes implements LlmListener, ScopeProvider {

    private final Tracer tracer;

    MicrometerScopes(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The bridge opens no scope for a span that its context has already, hence the context without it. */
    @Override
    public Scope open(LiveCall call) {
        Context current = Context.current();
        Tracer.SpanInScope scope =
                tracer.withSpan(OtelSpan.fromOtel(Span.fromContext(current), current.with(Span.getInvalid())));
        return scope::close;
    }
}
