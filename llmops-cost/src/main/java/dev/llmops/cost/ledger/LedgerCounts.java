package dev.llmops.cost.ledger;

import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link LedgerStats}. */
final class LedgerCounts {

    final LongAdder acknowledged = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder journalFailures = new LongAdder();
    final LongAdder drained = new LongAdder();
    final LongAdder databaseFailures = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder damagedFiles = new LongAdder();

    LedgerStats stats(int queued, Journal journal) {
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
                rejected.sum(),
                damagedFiles.sum());
    }
}
