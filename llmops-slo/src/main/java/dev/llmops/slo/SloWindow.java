package dev.llmops.slo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * The span of time that an objective's budget is for.
 *
 * @since 0.1.0
 */
public sealed interface SloWindow {

    /** The default: the last 30 days. */
    SloWindow THIRTY_DAYS = new Rolling(Duration.ofDays(30));

    /**
     * The start of the window that an instant lies in.
     *
     * @param at the instant of evaluation
     * @return the start; events at the start itself are outside, those at the instant inside
     */
    Instant startAt(Instant at);

    /**
     * The length that factors and budget fractions are computed with.
     *
     * @return the rolling length, or the calendar length with 30 days a month and 365 a year
     */
    Duration nominalLength();

    /**
     * The longest this window can be.
     *
     * @return an upper bound over all months and changes of the clock
     */
    Duration longestLength();

    /**
     * A window that ends now.
     *
     * @param length whole minutes, at least an hour
     * @return the window
     * @throws IllegalArgumentException if the length is shorter or has seconds
     */
    static SloWindow rolling(Duration length) {
        return new Rolling(length);
    }

    /**
     * The calendar month in a zone.
     *
     * @param zone whose midnight it is
     * @return the window
     */
    static SloWindow calendarMonth(ZoneId zone) {
        return new Calendar(1, ChronoUnit.MONTHS, LocalDateTime.of(2024, 1, 1, 0, 0), zone);
    }

    /**
     * The calendar quarter in a zone.
     *
     * @param zone whose midnight it is
     * @return the window
     */
    static SloWindow calendarQuarter(ZoneId zone) {
        return new Calendar(3, ChronoUnit.MONTHS, LocalDateTime.of(2024, 1, 1, 0, 0), zone);
    }

    /**
     * The calendar week in a zone, from Monday.
     *
     * @param zone whose midnight it is
     * @return the window
     */
    static SloWindow calendarWeek(ZoneId zone) {
        return new Calendar(1, ChronoUnit.WEEKS, LocalDateTime.of(2024, 1, 1, 0, 0), zone);
    }

    /**
     * The calendar day in a zone.
     *
     * @param zone whose midnight it is
     * @return the window
     */
    static SloWindow calendarDay(ZoneId zone) {
        return new Calendar(1, ChronoUnit.DAYS, LocalDateTime.of(2024, 1, 1, 0, 0), zone);
    }

    /**
     * The last so many minutes, hours or days.
     *
     * @param length whole minutes, at least an hour and at most ten years
     */
    record Rolling(Duration length) implements SloWindow {

        /** Checks the length. */
        public Rolling {
            if (length.compareTo(Duration.ofHours(1)) < 0 || !length.equals(Duration.ofMinutes(length.toMinutes()))) {
                throw new IllegalArgumentException(
                        "window is " + length + " — at least 1h in whole minutes — pass 30d");
            }
            Durations.requireMemorable("window", length);
        }

        @Override
        public Instant startAt(Instant at) {
            return at.minus(length);
        }

        @Override
        public Duration nominalLength() {
            return length;
        }

        @Override
        public Duration longestLength() {
            return length;
        }

        @Override
        public String toString() {
            return Durations.format(length);
        }
    }

    /**
     * Consecutive spans on the calendar of a zone, counted from an anchor.
     *
     * @param amount units a span, &ge; 1
     * @param unit days, weeks, months or years
     * @param anchor local time at which some span starts, in whole minutes
     * @param zone the zone whose calendar counts
     */
    record Calendar(int amount, ChronoUnit unit, LocalDateTime anchor, ZoneId zone) implements SloWindow {

        /** Checks the parts. */
        public Calendar {
            Objects.requireNonNull(zone, "zone");
            if (amount < 1) {
                throw new IllegalArgumentException("amount is " + amount + " — 1 or more");
            }
            if (unit != ChronoUnit.DAYS
                    && unit != ChronoUnit.WEEKS
                    && unit != ChronoUnit.MONTHS
                    && unit != ChronoUnit.YEARS) {
                throw new IllegalArgumentException("unit is " + unit + " — days, weeks, months or years");
            }
            if (!anchor.equals(anchor.truncatedTo(ChronoUnit.MINUTES))) {
                throw new IllegalArgumentException("anchor is " + anchor + " — a whole minute");
            }
        }

        @Override
        public Instant startAt(Instant at) {
            // An event exactly at a boundary belongs to the span that it ends, as in every window.
            LocalDateTime local = LocalDateTime.ofInstant(at.minusNanos(1), zone);
            long spans = Math.floorDiv(unit.between(anchor, local), (long) amount);
            while (anchor.plus(spans * amount, unit).isAfter(local)) {
                spans--;
            }
            return anchor.plus(spans * amount, unit).atZone(zone).toInstant();
        }

        @Override
        public Duration nominalLength() {
            return switch (unit) {
                case WEEKS -> Duration.ofDays(7L * amount);
                case MONTHS -> Duration.ofDays(30L * amount);
                case YEARS -> Duration.ofDays(365L * amount);
                default -> Duration.ofDays(amount);
            };
        }

        @Override
        public Duration longestLength() {
            long days =
                    switch (unit) {
                        case WEEKS -> 7L * amount;
                        case MONTHS -> 31L * amount;
                        case YEARS -> 366L * amount;
                        default -> amount;
                    };
            return Duration.ofDays(days).plusHours(2);
        }

        @Override
        public String toString() {
            String span = unit.toString().toLowerCase(Locale.ROOT);
            return "calendar " + (amount == 1 ? span.substring(0, span.length() - 1) : amount + " " + span) + " in "
                    + zone;
        }
    }
}
