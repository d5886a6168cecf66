package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.export.LedgerFormat;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger does with every database; its subclasses say what, by topic. */
abstract class LedgerContract {

    static final Instant LATER = Entries.START.plus(Duration.ofDays(30));

    @TempDir
    Path directory;

    final LedgerTables tables;
    Ledger ledger;

    LedgerContract(LedgerTables tables) {
        this.tables = tables;
    }

    @BeforeEach
    void open() throws Exception {
        tables.createFor(directory);
        ledger = tables.ledgerIn(directory).clock(() -> LATER).open();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    static LedgerQuery.Builder day() {
        return LedgerQuery.period(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:00Z"));
    }

    void append(LedgerEntry entry) throws Exception {
        assertThat(ledger.append(entry).get()).isEqualTo(Receipt.ACKNOWLEDGED);
        flush();
    }

    void flush() throws InterruptedException {
        assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
    }

    LedgerTotal total() throws SQLException {
        List<LedgerTotal> totals = ledger.totals(day().build());
        assertThat(totals).hasSize(1);
        return totals.get(0);
    }

    List<LedgerEntry> entries() throws Exception {
        StringWriter json = new StringWriter();
        ledger.export(day().build(), LedgerFormat.json(), json);
        return Exports.entries(json.toString());
    }
}
