package dev.llmops.tracing;

import dev.llmops.core.Scope;
import io.opentelemetry.context.Context;

/** Adapts OpenTelemetry's scopes to the core's. */
final class Scopes {

    private Scopes() {}

    @SuppressWarnings("MustBeClosedChecker") // the caller closes what is returned
    static Scope makeCurrent(Context context) {
        return context.makeCurrent()::close;
    }
}
