package dev.llmops.core.internal;

import java.time.Duration;

/** Durations as the nanoseconds that hot code reckons with. */
public final class Nanos {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {}

    /** The nanoseconds of a duration: 0 for a negative one, and the 292 years that a long holds for a longer one. */
    public static long of(Duration duration) {
        return duration.isNegative() ? 0 : duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }
}
