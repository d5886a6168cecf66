package dev.llmops.core;

import java.time.Duration;

/** Durations as the nanoseconds that hot code reckons with. */
final class Nanos {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {}

    /** The nanoseconds of a duration: 0 for a negative one, and the 292 years that a long holds for a longer one. */
    static long of(Duration duration) {
        return duration.isNegative() ? 0 : duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }
}
