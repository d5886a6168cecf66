package dev.llmops.core;

/**
 * A {@link LlmListener} that also has a thread-bound context to make current, such as a trace's. Used by
 * {@link LlmCall#makeCurrent()}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ScopeProvider {

    /**
     * Makes a call current on this thread.
     *
     * @param call the live call
     * @return a scope that restores the former context
     */
    Scope open(LiveCall call);
}
