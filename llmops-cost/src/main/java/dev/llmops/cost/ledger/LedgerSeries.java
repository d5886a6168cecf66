package dev.llmops.cost.ledger;

import dev.llmops.cost.ledger.entry.LedgerHealth;
import java.util.function.ToDoubleFunction;

/** The series of a ledger: their names and help, the same on every metrics library. */
enum LedgerSeries {
    QUEUED(
            "llm.ledger.queued",
            "Entries that wait to be written to the journal",
            false,
            h -> h.stats().queued()),
    ACKNOWLEDGED(
            "llm.ledger.acknowledged",
            "Entries written to the journal",
            true,
            h -> h.stats().acknowledged()),
    DROPPED("llm.ledger.dropped", "Entries lost", true, h -> h.stats().dropped()),
    JOURNAL_FAILURES(
            "llm.ledger.journal.failures",
            "Writes to the journal that failed",
            true,
            h -> h.stats().journalFailures()),
    JOURNAL_BYTES(
            "llm.ledger.journal.bytes",
            "Size of the journal",
            false,
            h -> h.stats().journalBytes()),
    DRAINED(
            "llm.ledger.drained",
            "Entries taken over by the database",
            true,
            h -> h.stats().drained()),
    DATABASE_FAILURES(
            "llm.ledger.database.failures",
            "Failed attempts to reach the database",
            true,
            h -> h.stats().databaseFailures()),
    RECARRIED(
            "llm.ledger.recarried",
            "Times that the journal was carried again",
            true,
            h -> h.stats().recarried()),
    REJECTED(
            "llm.ledger.rejected",
            "Entries that the database refused",
            true,
            h -> h.stats().rejected()),
    DAMAGED(
            "llm.ledger.damaged.files",
            "Files of the journal that were damaged",
            true,
            h -> h.stats().damagedFiles()),
    DAMAGED_PLACES(
            "llm.ledger.damaged.places",
            "Places in those files that were skipped, with one entry or more each",
            true,
            h -> h.stats().damagedPlaces()),
    DAMAGED_BYTES(
            "llm.ledger.damaged.bytes",
            "Bytes skipped in those places",
            true,
            h -> h.stats().damagedBytes()),
    HEALTHY("llm.ledger.healthy", "1 while entries can be acknowledged, else 0", false, h -> h.isHealthy() ? 1 : 0);

    private final String meterName;
    private final String description;
    private final boolean counter;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final ToDoubleFunction<LedgerHealth> value;

    LedgerSeries(String meterName, String description, boolean counter, ToDoubleFunction<LedgerHealth> value) {
        this.meterName = meterName;
        this.description = description;
        this.counter = counter;
        this.value = value;
    }

    String meterName() {
        return meterName;
    }

    String prometheusName() {
        return meterName.replace('.', '_');
    }

    String description() {
        return description;
    }

    boolean isCounter() {
        return counter;
    }

    double of(Ledger ledger) {
        return value.applyAsDouble(ledger.health());
    }
}
