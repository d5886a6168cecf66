package dev.llmops.core.internal;

import java.time.Duration;

/** Converts durations to nanoseconds. */
public final class Nanos {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Nanos() {}

    /** Returns the nanoseconds of a duration: 0 for a negative one, and {@link Long#MAX_VALUE} for one of more than 292 years. */
    public static long of(Duration duration) {
        return duration.isNegative() ? 0 : duration.compareTo(LONGEST) < 0 ? duration.toNanos() : Long.MAX_VALUE;
    }
}
