package dev.llmops.cost.ledger.entry;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.Decimals;
import dev.llmops.cost.internal.PlainDecimals;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Money as the database column holds it: 30 digits before the point and 30 after it, without trailing zeros. */
final class StoredAmounts {

    private static final int DIGITS = 30;
    /** An exact product of a quantity and a price has the digits of both. */
    private static final int COMPONENT_DIGITS = 2 * Decimals.MAX_DIGITS;

    private StoredAmounts() {}

    static Cost normalized(Cost cost) {
        if (cost.components().size() > LedgerEntry.MAX_COMPONENTS) {
            throw new IllegalArgumentException(
                    "cost has " + cost.components().size() + " components — at most " + LedgerEntry.MAX_COMPONENTS);
        }
        for (CostComponent component : cost.components()) {
            Decimals.require("quantity", COMPONENT_DIGITS, component.quantity());
            Decimals.require("price", COMPONENT_DIGITS, component.price());
            Decimals.require("per", COMPONENT_DIGITS, component.per());
            Decimals.require("amount", COMPONENT_DIGITS, component.amount());
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
        return PlainDecimals.of(Decimals.require(property, DIGITS, amount.stripTrailingZeros()));
    }
}
