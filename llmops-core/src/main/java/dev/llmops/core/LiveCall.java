package dev.llmops.core;

import dev.llmops.core.record.CallInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a listener sees of a call between its start and its end. Thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface LiveCall permits CallState {

    /**
     * Who asked what of which model.
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
