package dev.llmops.slo.engine;

import java.time.Duration;
import java.time.Instant;

/** Minutes since the epoch; minute m is the span (m − 1 min, m], so an event at a full minute belongs to the one it ends. */
final class Minutes {

    private static final int SECONDS = 60;

    private Minutes() {}

    static long of(Instant instant) {
        long seconds = instant.getEpochSecond();
        boolean full = instant.getNano() == 0 && Math.floorMod(seconds, SECONDS) == 0;
        return Math.floorDiv(seconds, SECONDS) + (full ? 0 : 1);
    }

    static Instant end(long minute) {
        return Instant.ofEpochSecond(minute * SECONDS);
    }

    static long ceil(Duration duration) {
        return Math.floorDiv(duration.toSeconds() + SECONDS - 1, SECONDS);
    }
}
