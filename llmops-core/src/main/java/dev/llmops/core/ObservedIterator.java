package dev.llmops.core;

import java.util.Iterator;

/**
 * An iterator whose items are a call's answer. Closing it before its end cancels the call. Not thread-safe.
 *
 * @param <T> the type of the items
 * @since 0.1.0
 */
public interface ObservedIterator<T> extends Iterator<T>, AutoCloseable {

    /** Cancels the call unless it has ended, and closes the observed iterator if it can be closed. */
    @Override
    void close();
}
