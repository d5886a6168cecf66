package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.cost.ledger.query.LedgerTotal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that loses what it had committed, as a server does that fails over to a copy that was behind. */
class LostCommitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Some hundred entries make a file of the smallest journal. */
    private static final int SEVERAL_FILES = 1_000;

    private final FickleDatabase database = new FickleDatabase();

    @TempDir
    Path directory;

    private LedgerBuilder builder() {
        return Ledger.at(directory).dataSource(database).maxJournalBytes(Ledger.MIN_JOURNAL_BYTES);
    }

    private static void append(Ledger ledger, String prefix, int entries) throws Exception {
        for (int call = 0; call < entries; call++) {
            ledger.append(Entries.entry(prefix + call, "0.01"));
        }
        assertThat(ledger.flush(PATIENCE)).isTrue();
    }

    private static long calls(Ledger ledger) throws Exception {
        return ledger.totals(Entries.DAY.build()).stream()
                .mapToLong(LedgerTotal::calls)
                .sum();
    }

    @Test
    void what_the_present_file_holds_is_carried_again_from_its_start() throws Exception {
        try (Ledger ledger = builder().keepJournal(Duration.ZERO).open()) {
            append(ledger, "before", 10);
            database.failOverToAnEmptyCopy();
            append(ledger, "after", 1);
            assertThat(calls(ledger)).isEqualTo(11);
            assertThat(ledger.stats().recarried()).isEqualTo(1);
        }
    }

    @Test
    void files_that_were_carried_a_while_ago_are_carried_again_too() throws Exception {
        try (Ledger ledger = builder().open()) {
            append(ledger, "before", SEVERAL_FILES);
            database.failOverToAnEmptyCopy();
            append(ledger, "after", 1);
            assertThat(calls(ledger)).isEqualTo(SEVERAL_FILES + 1);
        }
    }

    @Test
    void a_ledger_that_starts_anew_carries_what_the_one_before_it_kept() throws Exception {
        try (Ledger ledger = builder().open()) {
            append(ledger, "before", SEVERAL_FILES);
        }
        database.failOverToAnEmptyCopy();
        try (Ledger ledger = builder().open()) {
            assertThat(ledger.flush(PATIENCE)).isTrue();
            assertThat(calls(ledger)).isEqualTo(SEVERAL_FILES);
        }
    }

    @Test
    void files_that_were_carried_make_room_when_the_journal_is_at_its_bound() throws Exception {
        try (Ledger ledger = builder().open()) {
            append(ledger, "many", 5 * SEVERAL_FILES);
            assertThat(ledger.stats().journalBytes()).isLessThanOrEqualTo(Ledger.MIN_JOURNAL_BYTES);
            assertThat(ledger.stats().dropped()).isZero();
            assertThat(calls(ledger)).isEqualTo(5 * SEVERAL_FILES);
        }
    }
}
