package dev.llmops.cost.accounting;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Decimals;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

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

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

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
     * Returns the totals of one call, as {@link Accounts} count it.
     *
     * @param record the call; one without a cost counts as unpriced
     * @return its totals
     */
    public static AccountTotals of(CallRecord record) {
        Cost cost = record.cost();
        BigDecimal amount = cost == null ? null : cost.amountOrNull();
        return new AccountTotals(
                cost == null || amount == null ? Map.of() : Map.of(cost.currency(), amount),
                1,
                Map.of(cost == null ? CostState.UNPRICED : cost.state(), 1L),
                Math.max(0, record.usage().count(UsageKind.INPUT_TOKENS)),
                Math.max(0, record.usage().count(UsageKind.OUTPUT_TOKENS)),
                record.outcome() == Outcome.COMPLETED ? 1 : 0);
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

    /**
     * Writes the totals as JSON; equal totals give equal text.
     *
     * @return the text
     */
    public String toJson() {
        return MAPPER.writeValueAsString(this);
    }

    /**
     * Reads totals back.
     *
     * @param json what {@link #toJson()} gave
     * @return the totals
     * @throws IllegalArgumentException if the text is no totals
     */
    public static AccountTotals fromJson(String json) {
        try {
            AccountTotals totals = MAPPER.readValue(json, AccountTotals.class);
            totals.amounts.values().forEach(amount -> Decimals.require("amount", 2 * Decimals.MAX_DIGITS, amount));
            return totals;
        } catch (JacksonException | NullPointerException e) {
            // What a parser says quotes the text, and with it ids of people.
            String why = e instanceof JacksonException text ? "no such JSON" + Json.place(text) : "a part is missing";
            throw new IllegalArgumentException("totals are not readable (" + why
                    + ") — JSON of AccountTotals.toJson is read — pass such a" + " text");
        }
    }
}
