package dev.llmops.release.internal;

import java.time.Instant;
import java.time.LocalDate;

/** Reads instants of the form in which the log writes them, {@code 2026-11-21T09:30:01.750Z}, quickly, and all others too. */
public final class Timestamps {

    private static final int SHORTEST = "2026-11-21T09:30:01Z".length();
    private static final int LONGEST = "2026-11-21T09:30:01.123456789Z".length();
    private static final int DOT = SHORTEST - 1;
    private static final long DAY_MILLIS = 86_400_000;

    private Timestamps() {}

    /**
     * Reads an instant.
     *
     * @param text an instant of ISO 8601
     * @return milliseconds since 1970, rounded down
     * @throws java.time.DateTimeException if it is none
     * @throws ArithmeticException if it is too far from today
     */
    public static long epochMillis(String text) {
        long millis = isUsual(text) ? millisOfDay(text) : -1;
        if (millis < 0) {
            return Instant.parse(text).toEpochMilli();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        return LocalDate.of(year, month, day).toEpochDay() * DAY_MILLIS + millis;
    }

    private static boolean isUsual(String text) {
        int length = text.length();
        if (length < SHORTEST || length > LONGEST || text.charAt(length - 1) != 'Z') {
            return false;
        }
        boolean isCut = text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(10) == 'T';
        boolean isTime = text.charAt(13) == ':' && text.charAt(16) == ':';
        return isCut && isTime && (length == SHORTEST || (text.charAt(DOT) == '.' && length > SHORTEST + 1));
    }

    /** Negative where there is another character than a digit, or a time such as 24:00:00. */
    private static long millisOfDay(String text) {
        int end = text.length() - 1;
        int hours = number(text, 11, 13);
        int minutes = number(text, 14, 16);
        int seconds = number(text, 17, 19);
        int date = number(text, 0, 4) | number(text, 5, 7) | number(text, 8, 10);
        int fraction = end == DOT ? 0 : number(text, DOT + 1, end);
        if ((date | hours | minutes | seconds | fraction) < 0 || hours > 23 || minutes > 59 || seconds > 59) {
            return -1;
        }
        int millis = end == DOT ? 0 : number(text, DOT + 1, Math.min(end, DOT + 4));
        for (int digits = end - DOT - 1; end != DOT && digits < 3; digits++) {
            millis *= 10;
        }
        return (hours * 3_600L + minutes * 60L + seconds) * 1_000 + millis;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
