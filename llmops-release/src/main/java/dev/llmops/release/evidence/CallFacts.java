package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Facts of one call that the gate uses, independent of their source. Times are in milliseconds, NaN for unknown; an open call has a
 * duration so far.
 */
record CallFacts(
        String callId,
        long startedAtMillis,
        String stage,
        Arm arm,
        String unit,
        @Nullable String pair,
        boolean isOpen,
        boolean isStreaming,
        double durationMillis,
        double firstTokenMillis,
        String status,
        boolean isFault,
        boolean isRefusal,
        boolean isFallback,
        boolean isFromAnswerCache,
        double cost,
        long tokensIn,
        long tokensCached,
        long tokensOut,
        String feature,
        String operation,
        Set<String> risks) {

    static final String COMPLETED = "success";
    static final String TIMED_OUT = "timeout";
    static final String REJECTED = "rejected";
    static final String CANCELLED = "cancelled";

    boolean isFailure() {
        boolean ended = !status.equals(COMPLETED) && !status.equals(TIMED_OUT) && !status.equals(CANCELLED);
        return isFallback || (ended && isFault);
    }

    boolean isTimeout() {
        return status.equals(TIMED_OUT);
    }

    /** Says why the call does not count, or null if it does. */
    @Nullable
    String exclusion() {
        if (status.equals(REJECTED)) {
            return "rejected before any model work";
        }
        return isFromAnswerCache ? "answered from the application's cache" : null;
    }
}
