package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.internal.UsageCounts;

/** The two totals of a response, either of which may be missing or unreadable. */
record ReportedTotals(long input, long output) {

    /**
     * Fills in the one that is missing: what the sum of both leaves, or 0 where there is no sum, as with embeddings,
     * which have no output.
     */
    static ReportedTotals of(long input, long output, long sum) {
        if (input == UsageCounts.NOT_REPORTED && output == UsageCounts.NOT_REPORTED) {
            return new ReportedTotals(input, output);
        }
        long rest = Math.max(0, sum - Math.max(0, input) - Math.max(0, output));
        return new ReportedTotals(
                input == UsageCounts.NOT_REPORTED ? rest : input, output == UsageCounts.NOT_REPORTED ? rest : output);
    }

    /** The usage with details, unless nothing at all could be read: then it is unknown, and not nothing. */
    TokenUsage unlessNothingWasRead(TokenUsage usage) {
        boolean nothing = input == UsageCounts.NOT_REPORTED && usage.equals(TokenUsage.inclusive(0, 0));
        return nothing ? TokenUsage.unknown() : usage;
    }

    /** For arithmetic. */
    long inputOrZero() {
        return Math.max(0, input);
    }

    long outputOrZero() {
        return Math.max(0, output);
    }
}
