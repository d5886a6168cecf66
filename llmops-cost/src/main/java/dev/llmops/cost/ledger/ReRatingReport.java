package dev.llmops.cost.ledger;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Result of a re-rating.
 *
 * @param calls calls looked at
 * @param corrected calls for which a correction was booked
 * @param alreadyCorrected calls that had a correction under this id before
 * @param difference by currency, the sum of the corrections booked now
 * @since 0.1.0
 */
public record ReRatingReport(long calls, long corrected, long alreadyCorrected, Map<String, BigDecimal> difference) {

    /** Copies the map. */
    public ReRatingReport {
        difference = Map.copyOf(difference);
    }
}
