package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.BudgetDimension;
import dev.llmops.cost.budget.BudgetScope;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.budget.BudgetSubject;
import dev.llmops.cost.budget.BudgetWindow;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.LedgerStats;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.internal.journal.Frames;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final LedgerQuery ALL_TIME = LedgerQuery.period(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))
            .build();

    @TempDir
    Path directory;

    @Test
    void entries_wait_in_the_journal_while_the_database_is_away_and_arrive_once_when_it_is_back() throws Exception {
        FickleDatabase database = new FickleDatabase();
        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            database.away = true;
            for (int call = 0; call < 100; call++) {
                assertThat(ledger.append(Entries.entry("c" + call, "0.01")).get())
                        .isEqualTo(Receipt.ACKNOWLEDGED);
            }
            await().until(() -> ledger.stats().databaseFailures() > 1);
            assertThat(ledger.flush(Duration.ofMillis(1))).isFalse();
            assertThat(ledger.stats().drained()).isZero();

            database.away = false;

            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(sum(ledger)).isEqualByComparingTo("1");
        }
    }

    @Test
    void a_database_that_fails_in_the_middle_of_a_batch_gets_the_whole_batch_again() throws Exception {
        FickleDatabase database = new FickleDatabase();
        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            ledger.append(Entries.entry("first", "0.01")).get();
            ledger.flush(Duration.ofSeconds(60));
            database.failCommits = 3;
            for (int call = 0; call < 100; call++) {
                ledger.append(Entries.entry("c" + call, "0.01"));
            }

            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(ledger.stats().databaseFailures()).isEqualTo(3);
            assertThat(sum(ledger)).isEqualByComparingTo("1.01");
        }
    }

    @Test
    void what_is_in_the_journal_when_the_ledger_closes_arrives_at_the_next_start() throws Exception {
        FickleDatabase database = new FickleDatabase();
        database.away = true;
        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            ledger.append(Entries.entry("c1", "0.01")).get();
        }
        database.away = false;
        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            assertThat(ledger.stats().recovered()).isEqualTo(1);
            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(sum(ledger)).isEqualByComparingTo("0.01");
        }
    }

    @Test
    void a_full_journal_fills_the_queue_and_a_full_queue_drops_and_counts_without_holding_anyone_up() throws Exception {
        FickleDatabase database = new FickleDatabase();
        database.away = true;
        int queue = 100;
        try (Ledger ledger = Ledger.at(directory)
                .dataSource(database)
                .maxJournalBytes(Ledger.MIN_JOURNAL_BYTES)
                .queueCapacity(queue)
                .open()) {
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            for (int call = 0; ledger.stats().dropped() == 0 || ledger.stats().journalFailures() == 0; call++) {
                receipts.add(ledger.append(Entries.entry("c" + call, "0.01")));
            }
            assertThat(ledger.stats().journalBytes()).isLessThanOrEqualTo(Ledger.MIN_JOURNAL_BYTES);

            database.away = false;
            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();

            long acknowledged = receipts.stream()
                    .filter(receipt -> receipt.join() == Receipt.ACKNOWLEDGED)
                    .count();
            LedgerStats stats = ledger.stats();
            assertThat(stats.acknowledged()).isEqualTo(acknowledged);
            assertThat(stats.dropped()).isEqualTo(receipts.size() - acknowledged);
            assertThat(sum(ledger)).isEqualByComparingTo(BigDecimal.valueOf(acknowledged, 2));
            assertThat(ledger.append(Entries.entry("after", "0.01")).get()).isEqualTo(Receipt.ACKNOWLEDGED);
        }
    }

    @Test
    void an_entry_after_the_ledger_closed_is_dropped_and_counted() throws Exception {
        Ledger ledger = Ledger.at(directory).open();
        ledger.close();

        assertThat(ledger.append(Entries.entry("late", "1")).get()).isEqualTo(Receipt.DROPPED);
        assertThat(ledger.stats().dropped()).isEqualTo(1);
    }

    @Test
    void a_ledger_that_closed_leaves_no_journal_behind() throws Exception {
        try (Ledger ledger = Ledger.at(directory).open()) {
            ledger.append(Entries.entry("c1", "1"));
        }
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            assertThat(files.map(Path::getFileName)).extracting(Path::toString).containsExactly("journal.lock");
        }
    }

    @Test
    void a_damaged_file_of_the_journal_gives_what_it_can_and_is_kept() throws Exception {
        FickleDatabase database = new FickleDatabase();
        database.away = true;
        for (int run = 0; run < 2; run++) {
            try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
                ledger.append(Entries.entry("whole-" + run, "1")).get();
                ledger.append(Entries.entry("second-" + run, "1")).get();
            }
        }
        byte[] bytes = damage(directory.resolve("journal/0000000000000001.journal"), -30);
        damage(directory.resolve("journal/0000000000000002.journal"), 30);
        database.away = false;

        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            await().until(() -> ledger.stats().damagedFiles() == 2);
            assertThat(ledger.stats().recovered()).isEqualTo(2);
            assertThat(ledger.stats().damagedPlaces()).isEqualTo(2);
            assertThat(ledger.stats().damagedBytes())
                    .isBetween(bytes.length / 2L, (long) bytes.length); // one entry of two, in each of two files
            assertThat(sum(ledger)).isEqualByComparingTo("2");
        }
        assertThat(directory.resolve("journal/0000000000000001.journal.damaged"))
                .hasBinaryContent(bytes);
    }

    @Test
    void a_journal_that_is_damaged_while_it_is_written_costs_only_what_is_damaged() throws Exception {
        FickleDatabase database = new FickleDatabase();
        database.away = true;
        Path file = directory.resolve("journal/0000000000000001.journal");
        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            ledger.append(Entries.entry("whole", "1")).get();
            await().until(() -> ledger.stats().databaseFailures() > 0); // it is read, the next one is not
            ledger.append(Entries.entry("damaged", "1")).get();
            damage(file, -30);
            ledger.append(Entries.entry("behind", "1")).get();
            database.away = false;

            await().until(() -> ledger.stats().drained() == 2);
            assertThat(ledger.flush(Duration.ofMillis(500))).isFalse(); // not everything is in the database
            assertThat(sum(ledger)).isEqualByComparingTo("2");
        }
        assertThat(file.resolveSibling(file.getFileName() + ".damaged")).exists();
    }

    /** Flips a bit of a file, counted from its end if negative, without the file becoming another one. */
    private static byte[] damage(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at < 0 ? bytes.length + at : at] ^= 1;
        Files.write(file, bytes, StandardOpenOption.WRITE);
        return bytes;
    }

    @Test
    void an_entry_that_only_a_newer_version_understands_is_kept_for_a_look() throws Exception {
        FickleDatabase database = new FickleDatabase();
        database.away = true;
        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            ledger.append(Entries.entry("c1", "1")).get();
        }
        appendFrame("{\"entry_id\":\"new\",\"kind\":\"REFUND\"}");
        database.away = false;

        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(ledger.stats().rejected()).isEqualTo(1);
            assertThat(sum(ledger)).isEqualByComparingTo("1");
        }
        assertThat(directory.resolve("rejected.jsonl")).hasContent("{\"entry_id\":\"new\",\"kind\":\"REFUND\"}");
    }

    @Test
    void the_receipt_of_a_call_says_when_its_answer_may_leave() throws Exception {
        try (Ledger ledger = Ledger.at(directory).open();
                LlmOps llmops = LlmOps.builder().listener(ledger.listener()).build()) {
            LlmCall call = call(llmops);
            assertThat(ledger.receipt(call.live())).isCompletedWithValue(Receipt.NOT_BOOKED);

            call.finish("stop");

            assertThat(ledger.receipt(call.live()).get()).isEqualTo(Receipt.ACKNOWLEDGED);
            assertThat(ledger.stats().acknowledged()).isEqualTo(1);
        }
    }

    @Test
    void the_listener_books_every_ending_with_its_cost() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Ledger ledger = Ledger.at(directory).open()) {
            LlmOps llmops = LlmOps.builder()
                    .enricher(record -> record.toBuilder()
                            .cost(new Cost(
                                    CostState.EXACT,
                                    BigDecimal.valueOf(calls.incrementAndGet(), 3),
                                    "USD",
                                    List.of(),
                                    null))
                            .build())
                    .listener(ledger.listener())
                    .build();
            call(llmops).usage(TokenUsage.inclusive(812, 333)).finish("stop");
            call(llmops).cancel();
            call(llmops).fail(new IOException("connection reset"));
            call(llmops).timeOut();

            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            LedgerTotal total = ledger.totals(ALL_TIME).get(0);
            assertThat(total.calls()).isEqualTo(4);
            assertThat(total.amount()).isEqualByComparingTo("0.010");
            assertThat(total.inputTokens()).isEqualTo(812);
            llmops.close();
        }
    }

    @Test
    void a_call_that_was_rejected_before_it_cost_anything_is_not_booked() throws Exception {
        try (Ledger ledger = Ledger.at(directory).open();
                LlmOps llmops = LlmOps.builder().listener(ledger.listener()).build()) {
            call(llmops).reject(CallError.of(ErrorKind.BUDGET_EXCEEDED));
            call(llmops).finish("stop");

            assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
            LedgerTotal total = ledger.totals(ALL_TIME).get(0);
            assertThat(total.calls()).isEqualTo(1);
            assertThat(total.currency()).isEqualTo(LedgerEntry.NO_CURRENCY);
            assertThat(total.states()).containsOnlyKeys(CostState.UNPRICED);
        }
    }

    @Test
    void budgets_that_were_restarted_go_on_from_what_the_ledger_knows() throws Exception {
        try (Ledger ledger = Ledger.at(directory).open();
                Budgets budgets = Budgets.builder("USD")
                        .add(Budget.named("user-day")
                                .scope(BudgetScope.of(BudgetDimension.TENANT, "acme")
                                        .andEach(BudgetDimension.USER))
                                .window(BudgetWindow.daily(ZoneOffset.UTC))
                                .hardLimit(new BigDecimal("5"))
                                .build())
                        .store(BudgetStore.inMemory())
                        .clock(() -> Entries.START)
                        .build()) {
            ledger.append(Entries.call("c1", "3").build());
            ledger.append(Entries.call("c2", "1").build());
            ledger.append(Entries.call("c3", "9").tenant("other").build());
            ledger.append(Entries.call("c4", "9")
                    .cost(new Cost(CostState.EXACT, BigDecimal.TEN, "CNY", List.of(), null))
                    .build());
            ledger.append(LedgerEntry.builder("yesterday", Entries.START.minus(Duration.ofDays(1)), "openai", "gpt-4o")
                    .tenant("acme")
                    .user("u1")
                    .cost(Entries.cost("9"))
                    .build());
            ledger.flush(Duration.ofSeconds(60));

            assertThat(budgets.seedFrom(ledger.spendHistory("USD"))).isEqualTo(1);
            assertThat(budgets.seedFrom(ledger.spendHistory("USD"))).isZero();

            BudgetSubject subject =
                    BudgetSubject.builder().tenant("acme").user("u1").build();
            assertThat(budgets.status(subject).get(0).spent()).isEqualByComparingTo("4");
        }
    }

    @Test
    void a_directory_belongs_to_one_ledger_at_a_time() throws Exception {
        try (Ledger ledger = Ledger.at(directory).open()) {
            assertThatThrownBy(() -> Ledger.at(directory).open())
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("is in use by another ledger — one ledger a directory — give each its own");
            assertThat(ledger.stats().queued()).isZero();
        }
        Ledger.at(directory).open().close();
    }

    @Test
    void every_wrong_setting_is_reported_at_once() {
        assertThatThrownBy(() -> Ledger.at(directory)
                        .jdbc("jdbc:nosuch://host/db?password=secret", "u", "p")
                        .maxJournalBytes(1000)
                        .queueCapacity(0)
                        .open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ledger: url is"
                        + " jdbc:nosuch://host/db?… — one that a JDBC driver on the class path takes — add the driver;"
                        + " maxJournalBytes is 1000 — at least 1048576;"
                        + " queueCapacity is 0 — at least 1");
    }

    @Test
    void partitions_are_for_a_server_and_only_they_can_be_dropped() {
        assertThatThrownBy(() -> Ledger.at(directory).partitionByDay().open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "ledger: partitionByDay is set for the embedded database — PostgreSQL only — pass jdbc(…) or"
                                + " leave it out");
        assertThatThrownBy(() -> Ledger.at(directory).keepDays(7).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ledger: keepDays is 7 without partitions — only whole partitions are dropped — add"
                        + " partitionByDay()");
        assertThatThrownBy(() -> Ledger.at(directory).keepDays(0).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ledger: keepDays is 0 — at least 1");
    }

    @Test
    void a_database_that_the_ledger_does_not_know_is_named() throws Exception {
        FickleDatabase database = new FickleDatabase();
        database.product = "SQLite";
        try (Ledger ledger = Ledger.at(directory).dataSource(database).open()) {
            assertThatThrownBy(() -> ledger.totals(ALL_TIME))
                    .hasMessage("the ledger works with PostgreSQL and H2, but the data source is SQLite");
        }
    }

    @Test
    void an_empty_period_is_refused() {
        assertThatThrownBy(() -> LedgerQuery.period(Entries.START, Entries.START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from is 2026-11-20T10:15:30.123456Z and to is 2026-11-20T10:15:30.123456Z —"
                        + " from before to — swap them");
    }

    private void appendFrame(String json) throws IOException {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
        frame.putInt(payload.length)
                .putInt(Frames.checksum(payload.length, payload, 0))
                .put(payload);
        Files.write(directory.resolve("journal/0000000000000001.journal"), frame.array(), StandardOpenOption.APPEND);
    }

    private static LlmCall call(LlmOps llmops) {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").user("u1").start();
    }

    private static BigDecimal sum(Ledger ledger) throws Exception {
        return ledger.totals(ALL_TIME).get(0).amount();
    }
}
