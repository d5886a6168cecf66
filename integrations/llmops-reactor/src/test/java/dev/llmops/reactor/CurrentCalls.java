package dev.llmops.reactor;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.Scope;
import dev.llmops.core.ScopeProvider;
import org.jspecify.annotations.Nullable;

/** Knows which call is current on a thread, as a tracer does. */
final class CurrentCalls implements LlmListener, ScopeProvider {

    private final ThreadLocal<@Nullable LiveCall> current = new ThreadLocal<>();

    @Override
    public Scope open(LiveCall call) {
        LiveCall before = current.get();
        current.set(call);
        return () -> current.set(before);
    }

    boolean isNone() {
        return current.get() == null;
    }
}
