package dev.llmops.cost.ledger.query;

import dev.llmops.core.record.CostState;
import dev.llmops.cost.ledger.entry.StoredAmounts;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sum of the ledger.
 *
 * @param key the value of each dimension of the query, null where calls did not say
 * @param currency ISO 4217 code of the amount; currencies are never added up
 * @param amount the exact sum, corrections included, without what is unpriced
 * @param calls how many calls
 * @param inputTokens how many, without what is unknown
 * @param outputTokens how many, without what is unknown
 * @param states how many entries of each state: a corrected call counts in its own and in {@link CostState#CORRECTED}
 * @since 0.1.0
 */
public record LedgerTotal(
        Map<LedgerDimension, @Nullable String> key,
        String currency,
        BigDecimal amount,
        long calls,
        long inputTokens,
        long outputTokens,
        Map<CostState, Long> states) {

    /** Copies the maps. */
    public LedgerTotal {
        key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** Both are of the same key and currency. */
    public LedgerTotal plus(LedgerTotal other) {
        Map<CostState, Long> sum = new EnumMap<>(CostState.class);
        sum.putAll(states);
        other.states.forEach((state, entries) -> sum.merge(state, entries, Long::sum));
        return new LedgerTotal(
                key,
                currency,
                StoredAmounts.plain(amount.add(other.amount)),
                calls + other.calls,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                sum);
    }
}
