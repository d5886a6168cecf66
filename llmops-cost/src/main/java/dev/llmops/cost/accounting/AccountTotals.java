package dev.llmops.cost.accounting;

import dev.llmops.core.record.CostState;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Usage and cost of a group of calls. Amounts of several currencies stand side by side and are never added up.
 *
 * @param amounts the exact sum of the amounts of each currency, by ISO 4217 code; calls without amount add nothing
 * @param calls how many calls
 * @param states how many of them, by the state of their cost; every state is there
 * @param inputTokens the input tokens that are known
 * @param outputTokens the output tokens that are known
 * @param successes how many calls completed
 * @since 0.1.0
 */
public record AccountTotals(
        Map<String, BigDecimal> amounts,
        long calls,
        Map<CostState, Long> states,
        long inputTokens,
        long outputTokens,
        long successes) {

    /** Nothing at all. */
    public static final AccountTotals NONE = new AccountTotals(Map.of(), 0, Map.of(), 0, 0, 0);

    /** Copies the maps and fills in the states that are missing. */
    public AccountTotals {
        amounts = Collections.unmodifiableMap(new TreeMap<>(amounts));
        Map<CostState, Long> all = new EnumMap<>(CostState.class);
        for (CostState state : CostState.values()) {
            all.put(state, states.getOrDefault(state, 0L));
        }
        states = Collections.unmodifiableMap(all);
    }

    /**
     * The amount in one currency.
     *
     * @param currency the ISO 4217 code
     * @return the sum, 0 if no call had an amount in it
     */
    public BigDecimal amount(String currency) {
        return amounts.getOrDefault(currency, BigDecimal.ZERO);
    }

    /**
     * These calls and others together.
     *
     * @param other totals of other calls
     * @return the sums
     */
    public AccountTotals plus(AccountTotals other) {
        Map<String, BigDecimal> sums = new TreeMap<>(amounts);
        other.amounts.forEach((currency, amount) -> sums.merge(currency, amount, BigDecimal::add));
        Map<CostState, Long> counts = new EnumMap<>(CostState.class);
        states.forEach((state, count) -> counts.put(state, count + other.states.getOrDefault(state, 0L)));
        return new AccountTotals(
                sums,
                calls + other.calls,
                counts,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                successes + other.successes);
    }
}
