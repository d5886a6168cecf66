package dev.llmops.cost.ledger;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.Outcome;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.internal.journal.JournalWriter;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Books every call that ends, but for those that were rejected and cost nothing.
 *
 * <p>See docs/decisions/ledger.md#a-rejected-call-that-cost-nothing-is-not-booked.
 */
final class LedgerListener implements LlmListener {

    private final JournalWriter writer;
    private final InstantSource clock;
    private final Set<String> keptAttributes;

    LedgerListener(JournalWriter writer, InstantSource clock, Set<String> keptAttributes) {
        this.writer = writer;
        this.clock = clock;
        this.keptAttributes = keptAttributes;
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        if (!boughtNothing(record)) {
            call.attach(writer, writer.append(LedgerEntry.of(record, clock.instant(), keptAttributes)));
        }
    }

    /** Returns the receipt of a call that ended. */
    static CompletableFuture<Receipt> receipt(JournalWriter writer, LiveCall call) {
        return call.attachment(writer) instanceof CompletableFuture<?> receipt
                ? receipt.thenApply(Receipt.class::cast)
                : CompletableFuture.completedFuture(Receipt.NOT_BOOKED);
    }

    /** A caller that is refused a thousand times a second must not fill the book and crowd out paid calls. */
    private static boolean boughtNothing(CallRecord record) {
        Cost cost = record.cost();
        BigDecimal amount = cost == null ? BigDecimal.ZERO : cost.amountOrNull();
        return record.outcome() == Outcome.REJECTED && amount != null && amount.signum() == 0;
    }
}
