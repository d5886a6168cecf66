package dev.llmops.cost;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of two sample weeks, one in January and one in July, that windows cover; two because zones have summer
 * time.
 */
final class WeekCoverage {

    private static final int MINUTES_PER_WEEK = 7 * 24 * 60;

    /** Mondays, 00:00 UTC. */
    private static final Instant WINTER = Instant.parse("2024-01-01T00:00:00Z");

    private static final Instant SUMMER = Instant.parse("2024-07-01T00:00:00Z");

    private final BitSet minutes = new BitSet(2 * MINUTES_PER_WEEK);

    static WeekCoverage of(WeeklyWindows windows) {
        WeekCoverage coverage = new WeekCoverage();
        coverage.add(windows);
        return coverage;
    }

    void add(@Nullable WeeklyWindows windows) {
        if (windows == null) {
            minutes.set(0, 2 * MINUTES_PER_WEEK);
            return;
        }
        for (int minute = 0; minute < 2 * MINUTES_PER_WEEK; minute++) {
            if (windows.contains(instant(minute))) {
                minutes.set(minute);
            }
        }
    }

    boolean intersects(WeekCoverage other) {
        return minutes.intersects(other.minutes);
    }

    /** A moment of a sample week that is not covered. */
    Optional<Instant> firstUncovered() {
        int minute = minutes.nextClearBit(0);
        return minute < 2 * MINUTES_PER_WEEK ? Optional.of(instant(minute)) : Optional.empty();
    }

    private static Instant instant(int minute) {
        return minute < MINUTES_PER_WEEK
                ? WINTER.plus(Duration.ofMinutes(minute))
                : SUMMER.plus(Duration.ofMinutes(minute - MINUTES_PER_WEEK));
    }
}
