package dev.llmops.logging;

/**
 * A destination of log entries. Must be thread-safe, and must not block for long: it is called on the thread that ended
 * the call or reported the event. What it throws is counted by the {@link CallLog}, logged once, and reaches neither the
 * application nor the other sinks.
 *
 * @since 0.1.0
 */
public interface LogSink extends AutoCloseable {

    /**
     * Returns true if an entry would be kept. Asked before an entry is made, so that a sink that is switched off costs
     * nothing.
     *
     * @param name what kind of event it would be, see {@link LogEntry#name()}
     * @return false when {@link #write} would do nothing
     */
    default boolean isEnabled(String name) {
        return true;
    }

    /**
     * Writes an entry, whole or not at all.
     *
     * @param entry the entry
     */
    void write(LogEntry entry);

    /**
     * Loads what the first entry would otherwise load while its call is timed; nothing by default. Must write nothing.
     *
     * @param sample an entry of no real call, to try things on
     */
    default void warmUp(LogEntry sample) {}

    /** Releases what the sink holds; nothing by default. */
    @Override
    default void close() {}
}
