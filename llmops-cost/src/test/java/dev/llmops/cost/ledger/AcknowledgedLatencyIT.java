package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.cost.ledger.entry.Receipt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures how long a caller waits for a receipt against one fsync of the same disk, taken in turns. It prints figures and
 * holds none: a busy disk is no fault of the ledger. See docs/ledger.md.
 */
@EnabledIfSystemProperty(named = "llmops.latency", matches = "true", disabledReason = "measures the disk")
class AcknowledgedLatencyIT {

    private static final int ROUNDS = 4;
    private static final int SAMPLES = 250;
    private static final int CALLERS = 16;
    private static final int ENTRY_BYTES = 600;

    @TempDir
    Path folder;

    private final List<Long> fsyncs = new ArrayList<>();
    private final List<Long> alone = new ArrayList<>();
    private final List<Long> together = new ArrayList<>();

    @Test
    void receipts_against_one_fsync_of_the_disk() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Ledger ledger = Ledger.at(folder.resolve("ledger")).open()) {
            receipts(ledger, "warm", alone);
            alone.clear();
            for (int round = 0; round < ROUNDS; round++) {
                fsyncs();
                receipts(ledger, "alone" + round, alone);
                togetherIn(ledger, callers, round);
            }
        } finally {
            callers.shutdownNow();
        }
        report("one fsync", fsyncs);
        report("receipt, 1 caller", alone);
        report("receipt, " + CALLERS + " callers", together);
        assertThat(alone).hasSize(ROUNDS * SAMPLES);
    }

    private void fsyncs() throws IOException {
        try (FileChannel file =
                FileChannel.open(folder.resolve("probe"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SAMPLES; i++) {
                ByteBuffer bytes = ByteBuffer.allocate(ENTRY_BYTES);
                long start = System.nanoTime();
                file.write(bytes);
                file.force(false);
                fsyncs.add(System.nanoTime() - start);
            }
        }
    }

    private static void receipts(Ledger ledger, String name, List<Long> nanos) {
        for (int i = 0; i < SAMPLES; i++) {
            long start = System.nanoTime();
            assertThat(ledger.append(Entries.entry(name + "-" + i, "1")).join()).isEqualTo(Receipt.ACKNOWLEDGED);
            nanos.add(System.nanoTime() - start);
        }
    }

    private void togetherIn(Ledger ledger, ExecutorService callers, int round) throws Exception {
        List<Future<List<Long>>> all = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            String name = "together" + round + "-" + caller;
            all.add(callers.submit(() -> {
                List<Long> nanos = new ArrayList<>();
                receipts(ledger, name, nanos);
                return nanos;
            }));
        }
        for (Future<List<Long>> each : all) {
            together.addAll(each.get());
        }
    }

    private void report(String what, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        double p50 = millis(sorted, 0.50);
        double p99 = millis(sorted, 0.99);
        System.out.println(String.format(
                Locale.ROOT,
                "%-20s p50 %.2f ms, p99 %.2f ms, p99 is %.2f fsyncs at p99",
                what,
                p50,
                p99,
                p99 / millis(fsyncs.stream().sorted().toList(), 0.99)));
    }

    private static double millis(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1) / 1e6;
    }
}
