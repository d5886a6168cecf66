package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.internal.UsageCounts;

/** The two totals of a response, either of which may be missing or unreadable. */
record ReportedTotals(long input, long output) {

    /**
     * Fills in the one that is missing: what the sum of both leaves. Without a sum, a missing output is nothing, as with
     * embeddings; a missing input stays unknown, since there is no answer without a prompt.
     *
     * @param sum what both have together; not above 0 if that is not known
     */
    static ReportedTotals of(long input, long output, long sum) {
        if (input == UsageCounts.NOT_REPORTED) {
            return new ReportedTotals(
                    output != UsageCounts.NOT_REPORTED && sum > 0 && sum >= output ? sum - output : input, output);
        }
        return new ReportedTotals(input, output == UsageCounts.NOT_REPORTED ? Math.max(0, sum - input) : output);
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

    /** Returns usage of the totals and of what is beside them; where only the output is known, the input is not. */
    TokenUsage inclusive(long besideInput, long besideOutput) {
        boolean inputUnknown = input == UsageCounts.NOT_REPORTED && output > 0;
        return TokenUsage.inclusive(
                inputUnknown ? UsageCounts.NOT_REPORTED : inputOrZero() + besideInput, outputOrZero() + besideOutput);
    }
}
