package dev.llmops.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InterTokenTotalsTest {

    private final InterTokenTotals totals = new InterTokenTotals();

    private static InterTokenHistogram histogram(long... gapsNanos) {
        InterTokenRecorder recorder = new InterTokenRecorder();
        for (long gap : gapsNanos) {
            recorder.record(gap, 1);
        }
        return recorder.snapshot();
    }

    @Test
    void totals_of_nothing_are_empty() {
        assertThat(totals.snapshot()).isEqualTo(InterTokenHistogram.empty());
    }

    @Property
    void the_totals_of_two_calls_are_the_histogram_of_all_their_gaps(
            @ForAll @Size(max = 20) @LongRange(max = 1L << 45) long[] first,
            @ForAll @Size(max = 20) @LongRange(max = 1L << 45) long[] second) {
        InterTokenTotals sum = new InterTokenTotals();
        sum.add(histogram(first));
        sum.add(histogram(second));
        long[] all =
                LongStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
        assertThat(sum.snapshot()).isEqualTo(histogram(all));
        assertThat(sum.snapshot().samples()).isEqualTo(all.length);
    }

    @Test
    void calls_added_by_many_threads_are_all_there() throws InterruptedException {
        Runnable add = () -> {
            for (int i = 0; i < 10_000; i++) {
                totals.add(histogram(1_000_000, 2_000_000));
            }
        };
        Thread one = new Thread(add);
        Thread two = new Thread(add);
        one.start();
        two.start();
        one.join();
        two.join();
        assertThat(totals.snapshot().samples()).isEqualTo(40_000);
        assertThat(totals.snapshot().sumNanos()).isEqualTo(60_000_000_000L);
    }
}
