package dev.llmops.core;

import dev.llmops.core.record.CallInfo;
import org.jspecify.annotations.Nullable;

/**
 * A call as its listeners see it between start and end. Thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface LiveCall permits CallState {

    /**
     * Returns the facts known at the start: caller, model and versions.
     *
     * @return the facts known at the start
     */
    CallInfo info();

    /**
     * Puts the call into a trace; every view shows these ids.
     *
     * @param traceId the trace as it is shown to people
     * @param spanId the span: 16 hexadecimal digits
     */
    void trace(String traceId, String spanId);

    /**
     * Keeps a value for the listener until the call has ended.
     *
     * @param key identifies the value, by identity; usually the listener itself
     * @param value the value
     */
    void attach(Object key, Object value);

    /**
     * Reads a value back.
     *
     * @param key what {@link #attach} was given
     * @return the value, or null
     */
    @Nullable
    Object attachment(Object key);
}
