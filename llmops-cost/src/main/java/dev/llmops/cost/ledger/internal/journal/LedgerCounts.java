package dev.llmops.cost.ledger.internal.journal;

import dev.llmops.cost.ledger.entry.LedgerStats;
import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link LedgerStats}. */
public final class LedgerCounts {

    public final LongAdder acknowledged = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder journalFailures = new LongAdder();
    final LongAdder drained = new LongAdder();
    final LongAdder databaseFailures = new LongAdder();
    final LongAdder recarried = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder damagedFiles = new LongAdder();
    final LongAdder damagedPlaces = new LongAdder();
    final LongAdder damagedBytes = new LongAdder();

    public LedgerStats stats(int queued, Journal journal) {
        return new LedgerStats(
                queued,
                acknowledged.sum(),
                dropped.sum(),
                journalFailures.sum(),
                journal.bytes(),
                journal.recoveredFrames(),
                journal.tornBytes(),
                drained.sum(),
                databaseFailures.sum(),
                recarried.sum(),
                rejected.sum(),
                damagedFiles.sum(),
                damagedPlaces.sum(),
                damagedBytes.sum());
    }
}
