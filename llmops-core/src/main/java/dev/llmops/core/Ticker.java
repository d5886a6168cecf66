package dev.llmops.core;

/**
 * A monotonic clock: the one source of every elapsed time in a call.
 *
 * <p>Implementations must be safe for use by many threads, and readings must never go backwards.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ticker {

    /**
     * Reads the clock.
     *
     * @return nanoseconds since an arbitrary origin; only differences have a meaning
     */
    long nanos();

    /**
     * The ticker of the Java virtual machine.
     *
     * @return a ticker on {@link System#nanoTime()}
     */
    static Ticker system() {
        return System::nanoTime;
    }
}
