package dev.llmops.quality.drift;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.stream.IntStream;

/** Hours of the week: 0 is Monday's first. */
final class HourOfWeek {

    private HourOfWeek() {}

    static int of(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    }

    /** The hours that a period touches, each once. */
    static int[] in(Instant from, Instant to, ZoneId zone) {
        long hours = Math.min(
                FeatureProfile.HOURS, Math.max(1, (Duration.between(from, to).toMinutes() + 59) / 60));
        return IntStream.range(0, (int) hours)
                .map(hour -> of(from.plus(Duration.ofHours(hour)), zone))
                .distinct()
                .toArray();
    }
}
