package dev.llmops.cost.book;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Hours of the day, on some or all days of the week, at which a price holds.
 *
 * <p>Windows are half open, their start included and their end not. A window whose end is before its start runs past
 * midnight; one whose ends are equal lasts the whole day. Hours are read in one zone and weekdays in another, because
 * vendors quote their hours in UTC and mean their own calendar: 16:30 UTC on a Friday is a Saturday in Shanghai. The
 * weekday is that of the instant asked about, also past midnight.
 *
 * @param windows the windows; an instant is inside if any of them contains it
 * @param hourZone the zone in which hours are read
 * @param weekdayZone the zone in which weekdays are read
 * @since 0.1.0
 */
public record WeeklyWindows(List<Window> windows, ZoneId hourZone, ZoneId weekdayZone) {

    private static final int SECONDS_PER_DAY = 86_400;

    /**
     * Checks and copies the windows.
     *
     * @throws IllegalArgumentException if there is no window
     */
    public WeeklyWindows {
        if (windows.isEmpty()) {
            throw new IllegalArgumentException(
                    "windows are empty — one or more — leave the condition out to mean any time");
        }
        windows = List.copyOf(windows);
        hourZone = hourZone.normalized();
        weekdayZone = weekdayZone.normalized();
    }

    /**
     * Windows whose hours and weekdays are both read in UTC.
     *
     * @param windows the windows
     * @return the windows in UTC
     */
    public static WeeklyWindows utc(List<Window> windows) {
        return new WeeklyWindows(windows, ZoneOffset.UTC, ZoneOffset.UTC);
    }

    /**
     * Returns true if an instant lies in one of the windows.
     *
     * @param instant the instant
     * @return true if a window contains it
     */
    public boolean contains(Instant instant) {
        int secondOfDay = Math.floorMod(localSecond(instant, hourZone), SECONDS_PER_DAY);
        for (Window window : windows) {
            if (window.containsSecond(secondOfDay) && isOn(window.weekdays, instant)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOn(Set<DayOfWeek> weekdays, Instant instant) {
        if (weekdays.size() == DayOfWeek.values().length) {
            return true;
        }
        long epochDay = Math.floorDiv(localSecond(instant, weekdayZone), SECONDS_PER_DAY);
        // Day 0 was a Thursday.
        return weekdays.contains(DayOfWeek.THURSDAY.plus(epochDay));
    }

    private static long localSecond(Instant instant, ZoneId zone) {
        return instant.getEpochSecond() + zone.getRules().getOffset(instant).getTotalSeconds();
    }

    /**
     * A range of hours on some days.
     *
     * @param start the first moment inside
     * @param end the first moment outside again
     * @param weekdays the days on which the range holds
     * @since 0.1.0
     */
    public record Window(LocalTime start, LocalTime end, Set<DayOfWeek> weekdays) {

        /** Copies the weekdays; no weekday at all means every day. */
        public Window {
            weekdays = Set.copyOf(weekdays.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : weekdays);
        }

        /**
         * Reads a range such as {@code 16:30-00:30}.
         *
         * @param hours start and end as {@code HH:mm-HH:mm}
         * @param weekdays the days on which the range holds; empty for every day
         * @return the window
         * @throws IllegalArgumentException if the text is no such range
         */
        public static Window parse(String hours, Set<DayOfWeek> weekdays) {
            int dash = hours.indexOf('-');
            try {
                return new Window(
                        LocalTime.parse(hours.substring(0, dash).trim()),
                        end(hours.substring(dash + 1).trim()),
                        weekdays);
            } catch (java.time.DateTimeException | StringIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("hours is " + hours + " — hours such as 16:30-00:30", e);
            }
        }

        /** The end of a day is the beginning of the next. */
        private static LocalTime end(String time) {
            return time.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(time);
        }

        boolean containsSecond(int secondOfDay) {
            int from = start.toSecondOfDay();
            int to = end.toSecondOfDay();
            if (from == to) {
                return true;
            }
            return from < to ? from <= secondOfDay && secondOfDay < to : from <= secondOfDay || secondOfDay < to;
        }
    }
}
