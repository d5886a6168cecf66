package dev.llmops.logging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** Writes instants as ISO 8601 in UTC with milliseconds. The calendar is consulted once a day at most. */
final class Timestamps {

    private static final int SECONDS_A_DAY = 24 * 60 * 60;
    private static final String MIDNIGHT = "T00:00:00.000Z";

    private record Day(long epochDay, String midnight) {}

    private volatile Day last = day(0);

    String of(Instant instant) {
        long epochDay = Math.floorDiv(instant.getEpochSecond(), SECONDS_A_DAY);
        Day day = last;
        if (day.epochDay != epochDay) {
            day = day(epochDay);
            last = day;
        }
        int second = Math.floorMod(instant.getEpochSecond(), SECONDS_A_DAY);
        byte[] text = day.midnight.getBytes(StandardCharsets.ISO_8859_1);
        int time = text.length - MIDNIGHT.length();
        digits(text, time + 2, 2, second / 3600);
        digits(text, time + 5, 2, second / 60 % 60);
        digits(text, time + 8, 2, second % 60);
        digits(text, time + 12, 3, instant.getNano() / 1_000_000);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Writes a number so that its last digit is at the given place. */
    private static void digits(byte[] text, int last, int count, int number) {
        int rest = number;
        for (int i = last; i > last - count; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static Day day(long epochDay) {
        return new Day(epochDay, LocalDate.ofEpochDay(epochDay) + MIDNIGHT);
    }
}
