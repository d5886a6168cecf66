package dev.llmops.cost.book;

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

    /** All of both weeks for null. */
    static WeekCoverage of(@Nullable WeeklyWindows windows) {
        WeekCoverage coverage = new WeekCoverage();
        if (windows == null) {
            coverage.minutes.set(0, 2 * MINUTES_PER_WEEK);
            return coverage;
        }
        for (int minute = 0; minute < 2 * MINUTES_PER_WEEK; minute++) {
            if (windows.contains(instant(minute))) {
                coverage.minutes.set(minute);
            }
        }
        return coverage;
    }

    WeekCoverage and(WeekCoverage other) {
        WeekCoverage both = new WeekCoverage();
        both.minutes.or(minutes);
        both.minutes.and(other.minutes);
        return both;
    }

    /** Takes out what the other covers. */
    void remove(WeekCoverage other) {
        minutes.andNot(other.minutes);
    }

    /** A moment of a sample week that is covered. */
    Optional<Instant> first() {
        int minute = minutes.nextSetBit(0);
        return minute < 0 ? Optional.empty() : Optional.of(instant(minute));
    }

    private static Instant instant(int minute) {
        return minute < MINUTES_PER_WEEK
                ? WINTER.plus(Duration.ofMinutes(minute))
                : SUMMER.plus(Duration.ofMinutes(minute - MINUTES_PER_WEEK));
    }
}
