package dev.llmops.metrics.saturation;

/**
 * A source of saturation readings. Each probe is polled on a daemon thread, by one thread at a time, and never on a
 * caller's thread.
 *
 * @since 0.1.0
 */
public interface SaturationProbe extends AutoCloseable {

    /**
     * Names the probe in {@code llm.telemetry.failures}.
     *
     * @return a fixed word of low cardinality
     */
    String name();

    /**
     * Looks at the source once. It must end by itself: a probe that hangs holds up no other, but shows nothing new.
     *
     * @return what was found
     * @throws Exception if the source as a whole could not be read; all of its readings become absent
     */
    SaturationPoll poll() throws Exception;

    /** Lets go of what the probe holds. */
    @Override
    default void close() {}
}
