package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;

class EventCellsStressTest {

    private static final int WRITERS = 4;
    private static final int EVENTS = 200_000;

    @RepeatedTest(5)
    void noEventIsLostOrCountedTwice_whileMinutesPassAndOthersRead() throws Exception {
        AtomicLong clock = new AtomicLong(Trace.START_MINUTE);
        AtomicLong dropped = new AtomicLong();
        EventCells cells = new EventCells(43_200, 0, 0, clock::get, where -> dropped.incrementAndGet(), null);
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS + 1);
        CountDownLatch reading = new CountDownLatch(1);
        AtomicInteger writing = new AtomicInteger(WRITERS);
        List<Future<?>> all = new ArrayList<>();
        all.add(pool.submit(() -> read(cells, clock, reading, writing)));
        for (int writer = 0; writer < WRITERS; writer++) {
            all.add(pool.submit(() -> write(cells, clock, reading, writing)));
        }
        for (Future<?> each : all) {
            each.get();
        }
        pool.shutdown();
        long last = clock.get();
        EventCells.Sums sums = cells.sums(last, new long[] {last - 43_200}, last);
        assertThat(dropped).hasValue(0);
        assertThat(sums.good[0]).isEqualTo((long) WRITERS * EVENTS * 3 / 4);
        assertThat(sums.bad[0]).isEqualTo((long) WRITERS * EVENTS / 4);
        assertThat(cells.totalGood()).isEqualTo(sums.good[0]);
        assertThat(cells.totalBad()).isEqualTo(sums.bad[0]);
    }

    private static Void write(EventCells cells, AtomicLong clock, CountDownLatch reading, AtomicInteger writing)
            throws InterruptedException {
        reading.await();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < EVENTS; i++) {
            if (i % 50 == 0) {
                clock.incrementAndGet();
            }
            long late = random.nextInt(20) == 0 ? random.nextInt(5_000) : 0;
            boolean bad = i % 4 == 0;
            cells.add(clock.get() - late, bad ? 0 : 1, bad ? 1 : 0);
        }
        writing.decrementAndGet();
        return null;
    }

    private static void read(EventCells cells, AtomicLong clock, CountDownLatch reading, AtomicInteger writing) {
        long before = 0;
        while (writing.get() > 0) {
            long total = cells.totalGood() + cells.totalBad();
            assertThat(total).isGreaterThanOrEqualTo(before);
            before = total;
            cells.sums(clock.get(), new long[] {clock.get() - 4320, clock.get() - 60}, clock.get() - 60);
            reading.countDown();
        }
    }
}
