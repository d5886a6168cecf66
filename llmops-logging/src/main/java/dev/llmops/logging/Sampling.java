package dev.llmops.logging;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.ToolCall;
import java.math.BigDecimal;

/**
 * Decides which calls are logged: every one that someone may have to look into, and a share of the others. The share is decided
 * by the trace, so that all services keep the same traces.
 *
 * @param rate the share of ordinary calls, 0 to 1
 * @param slowNanos a call that took at least this long is kept
 * @param expensiveAmount a call that cost at least this much, in its own currency, is kept
 */
record Sampling(double rate, long slowNanos, BigDecimal expensiveAmount) {

    /** The rate of a call that is not logged. */
    static final double DROPPED = 0.0;

    /** The share for which the record of a call stands, or {@link #DROPPED}. */
    double rateOf(CallRecord record) {
        if (rate >= 1 || isAlwaysKept(record)) {
            return 1.0;
        }
        return share(record.info()) < rate ? rate : DROPPED;
    }

    private boolean isAlwaysKept(CallRecord record) {
        return record.outcome() != Outcome.COMPLETED
                || record.isRefusal()
                || !record.risks().isEmpty()
                || record.timing().durationNanos() >= slowNanos
                || isExpensive(record)
                || !record.toolCalls().stream().allMatch(ToolCall::isSuccess);
    }

    private boolean isExpensive(CallRecord record) {
        return record.cost() != null
                && record.cost()
                        .amount()
                        .filter(amount -> amount.compareTo(expensiveAmount) >= 0)
                        .isPresent();
    }

    private static double share(CallInfo call) {
        return share(call.traceId() == null ? call.callId().toString() : call.traceId());
    }

    /**
     * A number in [0, 1) for a trace: FNV-1a over its UTF-16 units, finished by the mixer of SplitMix64, so that ids that
     * differ little fall far apart. It is part of the log's contract, since services of different ages must agree.
     */
    static double share(String traceId) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < traceId.length(); i++) {
            hash = (hash ^ traceId.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ((hash ^ (hash >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
