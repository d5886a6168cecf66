package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.cost.ledger.entry.Receipt;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on a file system of some hundred KiB, which only root may make. */
class DiskFullIT {

    /** A short form by default; {@code -Dllmops.kill.rounds=20} is the long one. */
    private static final int ROUNDS = Math.min(20, Integer.getInteger("llmops.kill.rounds", 2));

    @TempDir
    Path disk;

    private void mount(String size) throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString()), "may not mount a tmpfs");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void a_full_disk_holds_nobody_up_and_costs_only_what_is_dropped_and_counted() throws Exception {
        mount("256k");
        FickleDatabase database = new FickleDatabase();
        database.away = true;
        Path ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[100 * 1024]);
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        try (Ledger ledger =
                Ledger.at(disk).dataSource(database).queueCapacity(100).open()) {
            for (int call = 0; ledger.stats().dropped() == 0 || ledger.stats().journalFailures() == 0; call++) {
                receipts.add(ledger.append(Entries.entry("c" + call, "0.01")));
            }

            Files.delete(ballast);
            database.away = false;

            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            long acknowledged = receipts.stream()
                    .filter(receipt -> receipt.join() == Receipt.ACKNOWLEDGED)
                    .count();
            assertThat(ledger.stats().acknowledged()).isEqualTo(acknowledged).isGreaterThan(100);
            assertThat(ledger.stats().dropped()).isEqualTo(receipts.size() - acknowledged);
            assertThat(ledger.totals(Entries.DAY.build()).get(0).amount())
                    .isEqualByComparingTo(BigDecimal.valueOf(acknowledged, 2));
        }
    }

    @Test
    void a_ledger_that_starts_on_a_full_disk_takes_entries_when_there_is_room() throws Exception {
        mount("256k");
        Path ballast = disk.resolve("ballast");
        fill(ballast);
        try (Ledger ledger = Ledger.at(disk).dataSource(new FickleDatabase()).open()) {
            CompletableFuture<Receipt> receipt = ledger.append(Entries.entry("c1", "0.01"));
            await().until(() -> ledger.stats().journalFailures() > 1);
            assertThat(receipt).isNotDone();

            Files.delete(ballast);

            assertThat(receipt.get()).isEqualTo(Receipt.ACKNOWLEDGED);
        }
    }

    @Test
    void the_embedded_database_on_the_full_disk_loses_no_acknowledged_entry() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            mount("16m");
            fillAndRelease(new Random(round));
            unmount();
        }
    }

    /** The disk is full while entries arrive, and again has room while they go on arriving. */
    private void fillAndRelease(Random random) throws Exception {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        try (Ledger ledger =
                Ledger.at(disk).maxJournalBytes(Ledger.MIN_JOURNAL_BYTES).open()) {
            append(ledger, receipts, 100 + random.nextInt(500));
            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            Path ballast = disk.resolve("ballast");
            run("sh", "-c", "cat /dev/zero > " + ballast + " 2>&-");
            long failures = ledger.stats().databaseFailures();
            for (int i = 0; i < 200 && ledger.stats().databaseFailures() == failures; i++) {
                append(ledger, receipts, 20);
                Thread.sleep(random.nextInt(10));
            }
            Files.delete(ballast);
            append(ledger, receipts, 50);
            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
        }
        try (Ledger again = Ledger.at(disk).open()) {
            long acknowledged = receipts.stream()
                    .filter(receipt -> receipt.join() == Receipt.ACKNOWLEDGED)
                    .count();
            assertThat(again.totals(Entries.DAY.build()).get(0).calls()).isEqualTo(acknowledged);
        }
    }

    private static void append(Ledger ledger, List<CompletableFuture<Receipt>> receipts, int entries) {
        for (int i = 0; i < entries; i++) {
            receipts.add(ledger.append(Entries.entry("c" + receipts.size(), "0.01")));
        }
    }

    private void fill(Path ballast) throws Exception {
        Files.createDirectories(disk.resolve("journal"));
        Files.createFile(disk.resolve("journal/journal.lock"));
        run("sh", "-c", "cat /dev/zero > " + ballast + " 2>&-");
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
