package dev.llmops.core;

/**
 * A stretch of code on one thread during which a call is current; closing it restores what was current before. Must be
 * closed on the thread that opened it.
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
