package dev.llmops.cost.ledger.query;

import dev.llmops.core.record.CostState;
import dev.llmops.cost.internal.PlainDecimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sum of the ledger.
 *
 * @param key the value of each dimension of the query, null where calls did not say
 * @param attributes the value of each attribute by which the query splits, null where calls did not say
 * @param start the start of the hour or day, or null if the query does not split by time
 * @param currency ISO 4217 code of the amount; currencies are never added up
 * @param amount the exact sum, corrections included, without what is unpriced
 * @param calls how many calls
 * @param completed how many of them completed
 * @param inputTokens how many, without what is unknown
 * @param outputTokens how many, without what is unknown
 * @param states how many entries of each state: a corrected call counts in its own and in {@link CostState#CORRECTED}
 * @since 0.1.0
 */
public record LedgerTotal(
        Map<LedgerDimension, @Nullable String> key,
        Map<String, @Nullable String> attributes,
        @Nullable Instant start,
        String currency,
        BigDecimal amount,
        long calls,
        long completed,
        long inputTokens,
        long outputTokens,
        Map<CostState, Long> states) {

    /** Copies the maps. */
    public LedgerTotal {
        key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /** Both are of the same key, attributes, time and currency. */
    public LedgerTotal plus(LedgerTotal other) {
        Map<CostState, Long> sum = new EnumMap<>(CostState.class);
        sum.putAll(states);
        other.states.forEach((state, entries) -> sum.merge(state, entries, Long::sum));
        return new LedgerTotal(
                key,
                attributes,
                start,
                currency,
                PlainDecimals.of(amount.add(other.amount)),
                calls + other.calls,
                completed + other.completed,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                sum);
    }
}
