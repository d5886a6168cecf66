package dev.llmops.cost.ledger.entry;

import dev.llmops.core.record.Cost;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Money as the database column holds it: 30 digits before the point and 30 after it, without trailing zeros. */
public final class StoredAmounts {

    private static final int DIGITS = 30;

    private StoredAmounts() {}

    static Cost normalized(Cost cost) {
        if (cost.components().size() > LedgerEntry.MAX_COMPONENTS) {
            throw new IllegalArgumentException("cost must have at most " + LedgerEntry.MAX_COMPONENTS
                    + " components, but has " + cost.components().size());
        }
        return new Cost(
                cost.state(),
                normalized("amount", cost.amountOrNull()),
                StoredText.clean(cost.currency()),
                cost.components(),
                normalized("providerReported", cost.providerReportedOrNull()),
                StoredText.cleanOrNull(cost.reason()),
                StoredText.cleanOrNull(cost.priceBookVersion()));
    }

    private static @Nullable BigDecimal normalized(String property, @Nullable BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        BigDecimal shortest = plain(amount);
        if (shortest.scale() > DIGITS || shortest.precision() - shortest.scale() > DIGITS) {
            throw new IllegalArgumentException(property + " must have at most " + DIGITS
                    + " digits before and after the point, but was " + amount);
        }
        return shortest;
    }

    /** Without trailing zeros and without an exponent. */
    public static BigDecimal plain(BigDecimal amount) {
        BigDecimal shortest = amount.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
