package dev.llmops.cost.ledger;

import dev.llmops.core.CallRecord;
import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.Outcome;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Books every call that ends. */
final class LedgerListener implements LlmListener {

    private final JournalWriter writer;
    private final InstantSource clock;

    LedgerListener(JournalWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        if (record.outcome() == Outcome.REJECTED && record.cost() == null) {
            return; // Nothing was bought.
        }
        CompletableFuture<Receipt> unused = writer.append(LedgerEntry.of(record, clock.instant()));
    }
}
