package dev.llmops.slo.engine;

import dev.llmops.slo.internal.TimeSpans;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Good and bad weights by event time: one-minute cells for the latest three days (and the evaluation delay), hour cells
 * beyond. A cell of minute m covers (m − 1 min, m]; weights are multiples of 1 ÷ scale events.
 *
 * <p>Only the newest minute is hot. It lives in an {@link OpenMinute} cell that writers add to without a lock; everything
 * else, late events included, goes under the lock. When a newer minute opens, the old cell is sealed by swapping a huge
 * negative number in: a writer that lost this race sees a negative value and takes the locked way instead, so every
 * event is counted exactly once. Minutes that leave the ring are added to their hour before the slot is reused, so no
 * span is counted twice or lost.
 *
 * <p>A window includes a cell when the cell ends after the window's start: exact in minutes, up to an hour more at a far
 * edge that lies in hour cells. Summing every window is one pass over the cells.
 */
final class EventCells {

    /** The time around an event that counts as covered. */
    static final int MEASURED_MINUTES = 5;

    private static final int RING_MINUTES = 3 * 24 * 60;
    private static final long SECONDS = 60;

    /** The result of a pass over the cells: weights since the start of each window, and how many minutes were measured. */
    static final class Sums {
        final long[] good;
        final long[] bad;
        int measuredMinutes;

        Sums(int windows) {
            good = new long[windows];
            bad = new long[windows];
        }
    }

    private final LongSupplier currentMinute;
    private final Consumer<String> dropped;
    private final int hourShift;
    private final long[] ringGood;
    private final long[] ringBad;
    private final long[] hourGood;
    private final long[] hourBad;
    private final short[] hourMeasured;

    private volatile OpenMinute open;
    private long newestHour;
    private long lastEventInHours = Long.MIN_VALUE / 2;
    private long closedGood;
    private long closedBad;
    private TimeSpans excluded = TimeSpans.NONE;

    /**
     * @param longestMinutes the longest window
     * @param delayMinutes how far behind the clock windows end
     * @param hourShift minutes past the full hour at which hour cells start, for zones such as India's
     * @param currentMinute the minute now running, by the wall clock
     * @param dropped told why an event was dropped
     * @param earlier what an earlier process counted, or null
     */
    EventCells(
            long longestMinutes,
            int delayMinutes,
            int hourShift,
            LongSupplier currentMinute,
            Consumer<String> dropped,
            @Nullable CellsImage earlier) {
        this.currentMinute = currentMinute;
        this.dropped = dropped;
        this.hourShift = hourShift;
        int minutes = (int) Math.min(longestMinutes, RING_MINUTES) + delayMinutes + 1;
        int hours = (int) Math.max(0, longestMinutes + delayMinutes - minutes) / 60 + 2;
        ringGood = new long[minutes];
        ringBad = new long[minutes];
        hourGood = new long[hours];
        hourBad = new long[hours];
        hourMeasured = new short[hours];
        long now = currentMinute.getAsLong();
        open = new OpenMinute(earlier == null ? now : Math.min(earlier.head(), now));
        newestHour = hourOf(open.minute - minutes);
        if (earlier != null) {
            restore(earlier);
        }
    }

    /**
     * Leaves spans of whole minutes out of all sums from now on. In the past it is exact within the minute cells, and beyond
     * them for whole hours; minutes that leave the ring while they are excluded do not come back.
     */
    synchronized void exclude(TimeSpans spans) {
        excluded = spans;
    }

    private boolean isExcluded(long minute) {
        return excluded.contains(minute * SECONDS);
    }

    /** Adds an event; lock-free for the newest minute. */
    void add(long minute, long good, long bad) {
        OpenMinute cell = open;
        if (cell.minute == minute) {
            long lateGood = OpenMinute.add(cell.good, good) ? 0 : good;
            long lateBad = OpenMinute.add(cell.bad, bad) ? 0 : bad;
            if (lateGood == 0 && lateBad == 0) {
                return;
            }
            addLocked(minute, lateGood, lateBad);
        } else {
            addLocked(minute, good, bad);
        }
    }

    private synchronized void addLocked(long minute, long good, long bad) {
        long oldest = open.minute - ringGood.length + 1;
        if (minute < oldest && currentMinute.getAsLong() < oldest) {
            restart(currentMinute.getAsLong());
        }
        if (minute > open.minute) {
            if (minute > currentMinute.getAsLong() + 1) {
                dropped.accept("slo.in_future");
                return;
            }
            advanceTo(minute);
        }
        if (minute == open.minute) {
            // Only the holder of this lock seals the open cell, so these cannot fail.
            open.good.getAndAdd(good);
            open.bad.getAndAdd(bad);
        } else if (minute > open.minute - ringGood.length) {
            int slot = slot(minute);
            ringGood[slot] += good;
            ringBad[slot] += bad;
            countClosed(good, bad);
        } else if (hourOf(minute) > newestHour - hourGood.length) {
            if (!isExcluded(minute)) {
                addToHour(minute, good, bad);
            }
            countClosed(good, bad);
        } else {
            dropped.accept("slo.too_old");
        }
    }

    private void countClosed(long good, long bad) {
        closedGood += good;
        closedBad += bad;
    }

    private void advanceTo(long minute) {
        OpenMinute old = open;
        long head = old.minute;
        long good = OpenMinute.seal(old.good);
        long bad = OpenMinute.seal(old.bad);
        countClosed(good, bad);
        ringGood[slot(head)] = good;
        ringBad[slot(head)] = bad;
        // The newest event also covers some minutes that never had a cell.
        long last = Math.min(minute, head + ringGood.length + MEASURED_MINUTES - 1);
        for (long next = head + 1; next <= last; next++) {
            expire(next - ringGood.length);
        }
        touchHour(hourOf(minute - ringGood.length));
        open = new OpenMinute(minute);
    }

    /**
     * Starts again. A clock that was ahead by more than the ring has pushed all minutes out of it, and without this every
     * event would be too old until the clock is there again.
     */
    private void restart(long now) {
        countClosed(OpenMinute.seal(open.good), OpenMinute.seal(open.bad));
        for (long[] cells : new long[][] {ringGood, ringBad, hourGood, hourBad}) {
            Arrays.fill(cells, 0);
        }
        Arrays.fill(hourMeasured, (short) 0);
        lastEventInHours = Long.MIN_VALUE / 2;
        newestHour = hourOf(now - ringGood.length);
        open = new OpenMinute(now);
        dropped.accept("slo.clock_back");
    }

    /** Moves a minute from the ring into its hour; minutes leave in order. */
    private void expire(long minute) {
        int slot = slot(minute);
        long good = ringGood[slot];
        long bad = ringBad[slot];
        touchHour(hourOf(minute));
        if (!isExcluded(minute)) {
            addToHour(minute, good, bad);
            markMeasured(minute, good + bad);
        }
        ringGood[slot] = 0;
        ringBad[slot] = 0;
    }

    private void addToHour(long minute, long good, long bad) {
        int cell = hourSlot(hourOf(minute));
        hourGood[cell] += good;
        hourBad[cell] += bad;
    }

    private void markMeasured(long minute, long weight) {
        if (weight > 0) {
            lastEventInHours = minute;
        }
        if (minute - lastEventInHours < MEASURED_MINUTES) {
            hourMeasured[hourSlot(hourOf(minute))]++;
        }
    }

    private void touchHour(long hour) {
        long from = Math.max(newestHour + 1, hour - hourGood.length + 1);
        for (long next = from; next <= hour; next++) {
            int cell = hourSlot(next);
            hourGood[cell] = 0;
            hourBad[cell] = 0;
            hourMeasured[cell] = 0;
        }
        newestHour = Math.max(newestHour, hour);
    }

    /**
     * Sums windows that end with a minute.
     *
     * @param lastMinute the last minute included
     * @param starts the minute before each window's first, ascending
     * @param measuredStart the minute before the first that coverage is measured for
     */
    synchronized Sums sums(long lastMinute, long[] starts, long measuredStart) {
        Sums sums = new Sums(starts.length);
        OpenMinute cell = open;
        long head = cell.minute;
        long firstInRing = head - ringGood.length + 1;
        long good = 0;
        long bad = 0;
        int measured = 0;
        int window = 0;
        for (long hour = firstHour(starts[0], firstInRing); hour <= newestHour; hour++) {
            // The part of an hour that has left the ring is all before a window that starts in the ring.
            while (window < starts.length && starts[window] < firstInRing - 1 && hourEnd(hour) > starts[window]) {
                sums.good[window] = good;
                sums.bad[window++] = bad;
            }
            if (excluded.covers(hourEnd(hour - 1) * SECONDS, hourEnd(hour) * SECONDS)) {
                continue;
            }
            int slot = hourSlot(hour);
            good += hourGood[slot];
            bad += hourBad[slot];
            measured += measuredStart < firstInRing - 1 && hourEnd(hour) > measuredStart ? hourMeasured[slot] : 0;
        }
        // The slot of the open minute is free until it closes, and a pass over plain arrays takes half the time.
        ringGood[slot(head)] = cell.good.get();
        ringBad[slot(head)] = cell.bad.get();
        boolean anyExcluded = !excluded.isEmpty();
        long lastEvent = lastEventInHours;
        long from = Math.max(firstInRing, Math.min(starts[0], measuredStart - MEASURED_MINUTES) + 1);
        long to = Math.min(lastMinute, head);
        int slot = slot(from);
        long nextStart = window < starts.length ? starts[window] : Long.MAX_VALUE;
        for (long minute = from; minute <= to; minute++) {
            while (minute > nextStart) {
                sums.good[window] = good;
                sums.bad[window++] = bad;
                nextStart = window < starts.length ? starts[window] : Long.MAX_VALUE;
            }
            long cellGood = ringGood[slot];
            long cellBad = ringBad[slot];
            if (++slot == ringGood.length) {
                slot = 0;
            }
            if (anyExcluded && isExcluded(minute)) {
                continue;
            }
            if (cellGood + cellBad > 0) {
                lastEvent = minute;
            }
            good += cellGood;
            bad += cellBad;
            if (minute > measuredStart && minute - lastEvent < MEASURED_MINUTES) {
                measured++;
            }
        }
        // An event covers the minutes after it even when no later event has opened their cells.
        long coveredUntil = Math.min(lastMinute, lastEvent + MEASURED_MINUTES - 1);
        long unopened = Math.max(to, measuredStart);
        sums.measuredMinutes =
                measured + (int) Math.max(0, coveredUntil - unopened - excludedMinutes(unopened, coveredUntil));
        for (int i = 0; i < starts.length; i++) {
            sums.good[i] = i < window ? good - sums.good[i] : 0;
            sums.bad[i] = i < window ? bad - sums.bad[i] : 0;
        }
        return sums;
    }

    /** Returns how many minutes after a minute and up to another are excluded. */
    synchronized long excludedMinutes(long after, long last) {
        return excluded.isEmpty() ? 0 : excluded.secondsWithin(after * SECONDS, last * SECONDS) / SECONDS;
    }

    private long firstHour(long start, long firstInRing) {
        return start < firstInRing - 1 ? Math.max(newestHour - hourGood.length + 1, hourOf(start + 1)) : newestHour + 1;
    }

    /** The first minute after a start whose own error ratio is over a threshold, or {@code Long.MAX_VALUE}. */
    synchronized long firstMinuteOver(double threshold, long start) {
        for (long minute = Math.max(start, open.minute - ringGood.length) + 1; minute <= open.minute; minute++) {
            long good = minute == open.minute ? open.good.get() : ringGood[slot(minute)];
            long bad = minute == open.minute ? open.bad.get() : ringBad[slot(minute)];
            if (bad > threshold * (good + bad) && !isExcluded(minute)) {
                return minute;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Good weight ever added in this process. */
    synchronized long totalGood() {
        return closedGood + open.good.get();
    }

    /** Bad weight ever added in this process. */
    synchronized long totalBad() {
        return closedBad + open.bad.get();
    }

    /** A copy of all cells that are not empty. */
    synchronized CellsImage image() {
        CellsImage.Builder image = new CellsImage.Builder(open.minute, lastEventInHours);
        for (long minute = open.minute - ringGood.length + 1; minute < open.minute; minute++) {
            image.minute(minute, ringGood[slot(minute)], ringBad[slot(minute)]);
        }
        image.minute(open.minute, open.good.get(), open.bad.get());
        for (long hour = newestHour - hourGood.length + 1; hour <= newestHour; hour++) {
            int cell = hourSlot(hour);
            image.hour(hour, hourGood[cell], hourBad[cell], hourMeasured[cell]);
        }
        return image.build();
    }

    private void restore(CellsImage image) {
        lastEventInHours = image.lastEventInHours();
        for (CellsImage.Hour hour : image.hours()) {
            touchHour(hour.hour());
            if (hour.hour() > newestHour - hourGood.length) {
                int cell = hourSlot(hour.hour());
                hourGood[cell] += hour.good();
                hourBad[cell] += hour.bad();
                hourMeasured[cell] += hour.measured();
            }
        }
        for (CellsImage.Minute cell : image.minutes()) {
            addLocked(cell.minute(), cell.good(), cell.bad());
        }
        // What an earlier process counted is no event of this one: its counters restart at zero.
        closedGood = -open.good.get();
        closedBad = -open.bad.get();
    }

    /** Bytes held for the cells, without object headers. */
    long retainedBytes() {
        return (long) (ringGood.length + hourGood.length) * 2 * Long.BYTES + (long) hourMeasured.length * Short.BYTES;
    }

    private int slot(long minute) {
        return (int) Math.floorMod(minute, (long) ringGood.length);
    }

    private int hourSlot(long hour) {
        return (int) Math.floorMod(hour, (long) hourGood.length);
    }

    /** The hour cell of a minute; hour h covers the minutes (h × 60 + shift, (h + 1) × 60 + shift]. */
    private long hourOf(long minute) {
        return Math.floorDiv(minute - 1 - hourShift, 60);
    }

    private long hourEnd(long hour) {
        return (hour + 1) * 60 + hourShift;
    }
}
