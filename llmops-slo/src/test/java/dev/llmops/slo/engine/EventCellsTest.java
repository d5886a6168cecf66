package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventCellsTest {

    private static final long NOW = Trace.START_MINUTE;
    private static final int MONTH = 30 * 24 * 60;

    private final AtomicLong clock = new AtomicLong(NOW);
    private final List<String> dropped = new ArrayList<>();
    private final EventCells cells = new EventCells(MONTH, 0, 0, clock::get, dropped::add, null);

    @Test
    void windowIsOpenOnTheLeft() {
        clock.set(NOW + 5);
        for (int i = 0; i <= 5; i++) {
            cells.add(NOW + i, 1, 0);
        }
        assertThat(cells.sums(NOW + 5, new long[] {NOW}, NOW).good).containsExactly(5);
    }

    @Test
    void eventsAfterTheLastMinuteAreLeftOut() {
        clock.set(NOW + 5);
        cells.add(NOW + 5, 7, 0);
        cells.add(NOW + 2, 1, 1);
        EventCells.Sums sums = cells.sums(NOW + 3, new long[] {NOW - 60}, NOW - 60);
        assertThat(sums.good).containsExactly(1);
        assertThat(sums.bad).containsExactly(1);
    }

    @Test
    void lateEventGoesToItsOwnMinute() {
        clock.set(NOW + 100);
        cells.add(NOW + 100, 1, 0);
        cells.add(NOW + 40, 0, 1);
        EventCells.Sums sums = cells.sums(NOW + 100, new long[] {NOW + 39, NOW + 40}, NOW);
        assertThat(sums.bad).containsExactly(1, 0);
    }

    @Test
    void eventOlderThanTheMinuteCells_goesToItsHour() {
        clock.set(NOW + 10_000);
        cells.add(NOW + 10_000, 1, 0);
        cells.add(NOW + 61, 0, 1);
        assertThat(cells.sums(NOW + 10_000, new long[] {NOW}, NOW).bad).containsExactly(1);
        assertThat(cells.sums(NOW + 10_000, new long[] {NOW + 130}, NOW).bad).containsExactly(0);
        assertThat(dropped).isEmpty();
    }

    @Test
    void eventOlderThanEverything_isDroppedAndCounted() {
        cells.add(NOW - 2L * MONTH, 1, 0);
        assertThat(dropped).containsExactly("slo.too_old");
        assertThat(cells.totalGood()).isZero();
    }

    @Test
    void eventFromTheFuture_isDroppedAndCounted_sothatItCannotPushTheWindowOut() {
        cells.add(NOW, 1, 0);
        cells.add(NOW + 2, 1, 0);
        assertThat(dropped).containsExactly("slo.in_future");
        assertThat(cells.sums(NOW, new long[] {NOW - 5}, NOW).good).containsExactly(1);
    }

    @Test
    void memoryOfThirtyDays_isWithinTheLimit() {
        assertThat(cells.retainedBytes()).isLessThanOrEqualTo(96 * 1024);
    }

    @Test
    void coverageCountsMinutesWithAnEventInTheFiveUpToThem() {
        clock.set(NOW + 60);
        cells.add(NOW + 10, 1, 0);
        cells.add(NOW + 12, 1, 0);
        assertThat(cells.sums(NOW + 60, new long[] {NOW}, NOW).measuredMinutes).isEqualTo(7);
    }

    @Test
    void coverageSurvivesTheMoveIntoHours() {
        for (int minute = 1; minute <= 600; minute += 3) {
            clock.set(NOW + minute);
            cells.add(NOW + minute, 1, 0);
        }
        clock.set(NOW + 9_000);
        cells.add(NOW + 9_000, 1, 0);
        // The last of them, at 598, vouches until 602; the one at 9000 for itself.
        assertThat(cells.sums(NOW + 9_000, new long[] {NOW}, NOW).measuredMinutes)
                .isEqualTo(602 + 1);
    }

    @Property(tries = 200)
    void sumsAreThoseOfAPlainList(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 400) int events,
            @ForAll @IntRange(min = 1, max = 20_000) int spread) {
        clock.set(NOW);
        EventCells fresh = new EventCells(MONTH, 0, 0, clock::get, dropped::add, null);
        List<long[]> plain = new ArrayList<>();
        long newest = NOW;
        for (int i = 0; i < events; i++) {
            newest += random.nextInt(spread / events + 1);
            clock.set(newest);
            long minute = random.nextInt(4) > 0 ? newest : newest - random.nextInt(spread);
            long good = random.nextInt(5);
            long bad = random.nextInt(3);
            fresh.add(minute, good, bad);
            plain.add(new long[] {minute, good, bad});
        }
        long last = newest + random.nextInt(10);
        long[] starts = IntStream.of(4320, 1440, 360, 120, 60, 30, 5)
                .mapToLong(window -> last - window)
                .toArray();
        EventCells.Sums sums = fresh.sums(last, starts, starts[0]);
        for (int i = 0; i < starts.length; i++) {
            long start = starts[i];
            assertThat(sums.good[i])
                    .isEqualTo(plain.stream()
                            .filter(event -> event[0] > start)
                            .mapToLong(event -> event[1])
                            .sum());
            assertThat(sums.bad[i])
                    .isEqualTo(plain.stream()
                            .filter(event -> event[0] > start)
                            .mapToLong(event -> event[2])
                            .sum());
        }
    }

    @Property(tries = 100)
    void farEdgeInHourCells_isAtMostAnHourTooFar(@ForAll Random random) {
        clock.set(NOW);
        EventCells fresh = new EventCells(MONTH, 0, 0, clock::get, dropped::add, null);
        long[] perMinute = new long[50_000];
        for (int i = 0; i < perMinute.length; i++) {
            perMinute[i] = random.nextInt(100) == 0 ? random.nextInt(50) : 0;
            clock.set(NOW + i);
            fresh.add(NOW + i, perMinute[i], 0);
        }
        int last = perMinute.length - 1;
        long counted = fresh.sums(NOW + last, new long[] {NOW + last - MONTH}, NOW).good[0];
        long exact = Arrays.stream(perMinute, last - MONTH + 1, last + 1).sum();
        long hourMore =
                Arrays.stream(perMinute, last - MONTH + 1 - 60, last + 1).sum();
        assertThat(counted).isBetween(exact, hourMore);
    }

    @Property(tries = 100)
    void imageBringsEverythingBack(@ForAll Random random, @ForAll @IntRange(min = 1, max = 40_000) int spread) {
        clock.set(NOW);
        EventCells fresh = new EventCells(MONTH, 15, 0, clock::get, dropped::add, null);
        for (int i = 0; i < 100; i++) {
            clock.addAndGet(random.nextInt(spread / 100 + 1));
            fresh.add(clock.get(), random.nextInt(5), random.nextInt(3));
        }
        long last = clock.addAndGet(random.nextInt(3_000));
        EventCells restored = new EventCells(MONTH, 15, 0, clock::get, dropped::add, fresh.image());
        long[] starts = {last - MONTH, last - 4320, last - 60};
        EventCells.Sums before = fresh.sums(last, starts, starts[0]);
        EventCells.Sums after = restored.sums(last, starts, starts[0]);
        assertThat(after.good).isEqualTo(before.good);
        assertThat(after.bad).isEqualTo(before.bad);
        assertThat(after.measuredMinutes).isEqualTo(before.measuredMinutes);
        assertThat(restored.totalGood()).isZero();
        assertThat(restored.totalBad()).isZero();
    }

    @Test
    void clockThatWasYearsAheadAndGoesBack_startsAgain() {
        cells.add(NOW, 5, 1);
        clock.set(NOW + 100L * MONTH);
        cells.add(NOW + 100L * MONTH, 1, 0);
        clock.set(NOW + 1);
        cells.add(NOW + 1, 7, 2);
        cells.add(NOW, 1, 0);

        EventCells.Sums sums = cells.sums(NOW + 1, new long[] {NOW - MONTH, NOW}, NOW - MONTH);
        assertThat(sums.good).containsExactly(8, 7);
        assertThat(sums.bad).containsExactly(2, 2);
        assertThat(sums.measuredMinutes).isEqualTo(2);
        assertThat(dropped).containsExactly("slo.clock_back");
        assertThat(cells.totalGood()).isEqualTo(14);
    }

    @Test
    void clockThatWasHoursAheadAndGoesBack_losesNothing() {
        cells.add(NOW, 5, 1);
        clock.set(NOW + 120);
        cells.add(NOW + 120, 1, 0);
        clock.set(NOW + 1);
        cells.add(NOW + 1, 7, 2);

        assertThat(cells.sums(NOW + 1, new long[] {NOW - 60}, NOW - 60).good).containsExactly(12);
        assertThat(dropped).isEmpty();
    }
}
