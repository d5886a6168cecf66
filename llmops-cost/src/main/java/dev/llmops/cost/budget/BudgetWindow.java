package dev.llmops.cost.budget;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.function.UnaryOperator;

/**
 * The time over which a budget counts: a calendar period in a zone, or the last so-and-so long.
 *
 * <p>Calendar windows are half open, start and end at the zone's own midnight (a day has 23 or 25 hours when the clocks
 * change), and begin at zero. A rolling window is counted in {@value #ROLLING_CELLS} cells; a cell leaves as a whole, so
 * spend counts for at least the window's length and at most one cell longer. Immutable and safe for use by many threads.
 *
 * <p>See docs/decisions/ledger.md#a-rolling-window-is-sixty-cells.
 *
 * @since 0.1.0
 */
public abstract sealed class BudgetWindow {

    static final int ROLLING_CELLS = 60;

    private BudgetWindow() {}

    /**
     * The hours of a zone.
     *
     * @param zone whose hours; matters where its offset is no whole hour
     * @return the window
     */
    public static BudgetWindow hourly(ZoneId zone) {
        return new Calendar("hourly", zone, BudgetWindow::startOfHour, start -> {
            ZonedDateTime end = fullHour(start).plusHours(1);
            ZoneOffsetTransition change = zone.getRules().nextTransition(start.toInstant());
            return change != null && change.getInstant().isBefore(end.toInstant())
                    ? change.getInstant().atZone(zone)
                    : end;
        });
    }

    /** A change of the clock within an hour, as by 30 minutes on Lord Howe Island, begins another hour. */
    private static ZonedDateTime startOfHour(ZonedDateTime now) {
        ZonedDateTime start = fullHour(now);
        ZoneOffsetTransition change =
                now.getZone().getRules().previousTransition(now.toInstant().plusNanos(1));
        return change != null && change.getInstant().isAfter(start.toInstant())
                ? change.getInstant().atZone(now.getZone())
                : start;
    }

    private static ZonedDateTime fullHour(ZonedDateTime now) {
        return now.minusMinutes(now.getMinute()).minusSeconds(now.getSecond()).minusNanos(now.getNano());
    }

    /**
     * The days of a zone, from midnight to midnight.
     *
     * @param zone whose days
     * @return the window
     */
    public static BudgetWindow daily(ZoneId zone) {
        return byDate("daily", zone, date -> date, Period.ofDays(1));
    }

    /**
     * The weeks of a zone, from Monday to Sunday.
     *
     * @param zone whose weeks
     * @return the window
     */
    public static BudgetWindow weekly(ZoneId zone) {
        return byDate(
                "weekly",
                zone,
                date -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                Period.ofWeeks(1));
    }

    /**
     * The months of a zone.
     *
     * @param zone whose months
     * @return the window
     */
    public static BudgetWindow monthly(ZoneId zone) {
        return byDate("monthly", zone, date -> date.withDayOfMonth(1), Period.ofMonths(1));
    }

    /**
     * The years of a zone.
     *
     * @param zone whose years
     * @return the window
     */
    public static BudgetWindow yearly(ZoneId zone) {
        return byDate("yearly", zone, date -> date.withDayOfYear(1), Period.ofYears(1));
    }

    /**
     * The time up to now.
     *
     * @param length how long spend counts, at least one second
     * @return the window
     * @throws IllegalArgumentException if the length is under a second
     */
    public static BudgetWindow rolling(Duration length) {
        if (length.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("window length is " + length + " — at least PT1S");
        }
        return new Rolling(length);
    }

    /** The window, and the cell of it, that an instant falls into. */
    abstract Span at(Instant now);

    /**
     * A window as seen at one instant.
     *
     * @param start since when spend counts
     * @param end when a calendar window ends, or when a rolling one next lets a cell go
     * @param cell start of the cell that takes new spend; a calendar window has one cell
     * @param counter start instant that names the counter, or the epoch where one counter serves all time
     * @param forgettable when nothing of what is counted now matters any more
     */
    record Span(Instant start, Instant end, Instant cell, Instant counter, Instant forgettable) {}

    private static BudgetWindow byDate(String name, ZoneId zone, UnaryOperator<LocalDate> first, Period length) {
        return new Calendar(
                name,
                zone,
                now -> first.apply(now.toLocalDate()).atStartOfDay(zone),
                start -> start.toLocalDate().plus(length).atStartOfDay(zone));
    }

    private static final class Calendar extends BudgetWindow {

        private final String name;
        private final ZoneId zone;
        private final UnaryOperator<ZonedDateTime> startOf;
        private final UnaryOperator<ZonedDateTime> endOf;

        Calendar(String name, ZoneId zone, UnaryOperator<ZonedDateTime> startOf, UnaryOperator<ZonedDateTime> endOf) {
            this.name = name;
            this.zone = zone;
            this.startOf = startOf;
            this.endOf = endOf;
        }

        @Override
        Span at(Instant now) {
            ZonedDateTime first = startOf.apply(now.atZone(zone));
            Instant start = first.toInstant();
            Instant end = endOf.apply(first).toInstant();
            return new Span(start, end, start, start, end);
        }

        @Override
        public String toString() {
            return name + " in " + zone;
        }
    }

    private static final class Rolling extends BudgetWindow {

        private final Duration length;
        private final long cellMillis;

        Rolling(Duration length) {
            this.length = length;
            this.cellMillis = Math.max(1, (length.toMillis() + ROLLING_CELLS - 1) / ROLLING_CELLS);
        }

        @Override
        Span at(Instant now) {
            long cell = Math.floorDiv(now.toEpochMilli(), cellMillis) * cellMillis;
            long oldest = Math.floorDiv(now.toEpochMilli() - length.toMillis(), cellMillis) * cellMillis;
            return new Span(
                    Instant.ofEpochMilli(oldest),
                    Instant.ofEpochMilli(cell + cellMillis),
                    Instant.ofEpochMilli(cell),
                    Instant.EPOCH,
                    Instant.ofEpochMilli(cell + cellMillis + length.toMillis()));
        }

        @Override
        public String toString() {
            return "rolling " + length;
        }
    }
}
