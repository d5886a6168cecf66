package dev.llmops.core;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;

/**
 * Receives every call: the way in for metrics, spans, logs, SLOs and the ledger.
 *
 * <p>Methods run on the thread that made the thing happen, so they must be quick and must not block; they may be called
 * for different calls at the same time. What they throw is counted under {@code llm.telemetry.failures}, logged once,
 * and reaches neither the caller nor the other listeners. Only an error that the virtual machine cannot survive, such as
 * {@link OutOfMemoryError}, is passed on to the caller, after all listeners have been called. A call's own methods come in order, but its end may come from
 * another thread than its start, and {@link #firstToken} may be missing.
 *
 * @since 0.1.0
 */
public interface LlmListener {

    /**
     * Called when a call starts.
     *
     * @param call the live call
     */
    default void callStarted(LiveCall call) {}

    /**
     * Called when the first content of a stream arrives.
     *
     * @param call the live call
     * @param timeToFirstTokenNanos nanoseconds since its start
     */
    default void firstToken(LiveCall call, long timeToFirstTokenNanos) {}

    /**
     * Called when a call ends, exactly once for each call that started.
     *
     * @param call the live call, for what was attached to it
     * @param record the record of the call
     */
    default void callEnded(LiveCall call, CallRecord record) {}

    /**
     * Called when something happens to a call that has ended.
     *
     * @param event the event
     */
    default void eventOccurred(LlmEvent event) {}

    /**
     * Loads what the first call would otherwise load while it is timed. Must record nothing.
     *
     * @param sample a record of no real call, to try things on
     */
    default void warmUp(CallRecord sample) {}
}
