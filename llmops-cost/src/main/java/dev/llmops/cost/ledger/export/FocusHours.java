package dev.llmops.cost.ledger.export;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the rows of an hour that say the same but for their quantities and amounts. Rows come in the order of their hours,
 * so that one hour is held at a time. Unit price × quantity stays the cost, because both are sums.
 */
final class FocusHours {

    private static final String HOUR = "ChargePeriodStart";

    private static final List<String> SUMMED = List.of(
            "BilledCost",
            "CommitmentDiscountQuantity",
            "ConsumedQuantity",
            "ContractedCost",
            "EffectiveCost",
            "ListCost",
            "PricingQuantity");

    private final Consumer<Map<String, @Nullable Object>> out;
    private final Map<Map<String, @Nullable Object>, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
    private @Nullable Object hour;

    FocusHours(Consumer<Map<String, @Nullable Object>> out) {
        this.out = out;
    }

    void add(Map<String, @Nullable Object> row) {
        if (!Objects.equals(hour, row.get(HOUR))) {
            end();
            hour = row.get(HOUR);
        }
        Map<String, @Nullable Object> same = new LinkedHashMap<>(row);
        SUMMED.forEach(same::remove);
        same.replaceAll((column, value) -> value instanceof BigDecimal price ? price.stripTrailingZeros() : value);
        rows.merge(same, row, FocusHours::sum);
    }

    private static Map<String, @Nullable Object> sum(
            Map<String, @Nullable Object> sum, Map<String, @Nullable Object> row) {
        for (String column : SUMMED) {
            if (sum.get(column) instanceof BigDecimal a && row.get(column) instanceof BigDecimal b) {
                sum.put(column, a.add(b));
            }
        }
        return sum;
    }

    /** Writes the hour that is held. */
    void end() {
        rows.values().forEach(out);
        rows.clear();
    }
}
