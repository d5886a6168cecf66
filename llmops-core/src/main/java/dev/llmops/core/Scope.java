package dev.llmops.core;

/**
 * The time on one thread during which a call is current; closing it restores the former context. Must be closed on the thread that opened it: elsewhere, closing has no effect and is counted under {@code llm.telemetry.failures}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Scope extends AutoCloseable {

    /** A scope that does nothing. */
    Scope NOOP = () -> {};

    /** Restores what was current before. */
    @Override
    void close();
}
