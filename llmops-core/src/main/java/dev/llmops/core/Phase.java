package dev.llmops.core;

/**
 * A named interval of a call that has begun; closing it ends it. A phase that is still open when the call ends, ends with
 * it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Phase implements AutoCloseable {

    private final OpenInterval interval;

    Phase(OpenInterval interval) {
        this.interval = interval;
    }

    /** Ends the phase; the first time counts. */
    @Override
    public void close() {
        interval.call.closePhase(interval);
    }
}
