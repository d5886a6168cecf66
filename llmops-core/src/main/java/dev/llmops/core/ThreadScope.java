package dev.llmops.core;

import java.util.List;

/** The scopes of one call on one thread. Closing them elsewhere would change the context of an unrelated thread. */
final class ThreadScope implements Scope {

    private final Thread owner = Thread.currentThread();
    private final List<Scope> scopes;
    private final Telemetry telemetry;
    private boolean closed;

    /**
     * Creates the scope of the current thread.
     *
     * @param scopes the scopes of the providers, in the order in which they are closed
     */
    ThreadScope(List<Scope> scopes, Telemetry telemetry) {
        this.scopes = scopes;
        this.telemetry = telemetry;
    }

    @Override
    public void close() {
        if (Thread.currentThread() != owner) {
            telemetry.failure(
                    "scope_closed_on_another_thread",
                    new IllegalStateException(),
                    "the context of the opening thread was not restored; close a scope on the thread that opened it");
        } else if (!closed) {
            closed = true;
            scopes.forEach(Scope::close);
        }
    }
}
