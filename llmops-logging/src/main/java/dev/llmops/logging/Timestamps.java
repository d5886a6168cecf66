package dev.llmops.logging;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Writes instants as ISO 8601 in UTC with milliseconds. The calendar is consulted once a second at most. */
final class Timestamps {

    private static final DateTimeFormatter TO_THE_SECOND =
            new DateTimeFormatterBuilder().appendInstant(0).toFormatter();

    private record Second(long epochSecond, String text) {}

    private volatile Second last = second(0);

    String of(Instant instant) {
        Second second = last;
        if (second.epochSecond != instant.getEpochSecond()) {
            second = second(instant.getEpochSecond());
            last = second;
        }
        int millis = instant.getNano() / 1_000_000;
        String padded = (millis < 10 ? "00" : millis < 100 ? "0" : "") + millis;
        return second.text + '.' + padded + 'Z';
    }

    private static Second second(long epochSecond) {
        String text = TO_THE_SECOND.format(Instant.ofEpochSecond(epochSecond));
        return new Second(epochSecond, text.substring(0, text.length() - 1));
    }
}
