package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rates of exchange with the time from which each holds, as a treasury or a bank gives them. A rate holds until the next
 * one of the same two currencies. A rate that is not given is not guessed: neither the inverse of another one, nor a way
 * over a third currency, nor a later one. Immutable.
 *
 * @since 0.1.0
 */
public final class ExchangeRates {

    private final Map<String, TreeMap<Instant, BigDecimal>> rates;

    private ExchangeRates(Builder builder) {
        this.rates = new HashMap<>();
        builder.rates.forEach((pair, dated) -> rates.put(pair, new TreeMap<>(dated)));
    }

    /**
     * Creates a builder without rates.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Converts an amount, exactly.
     *
     * @param amount the amount
     * @param from the ISO 4217 code of its currency
     * @param to the currency wanted
     * @param at the instant whose rate counts
     * @return the amount in the other currency, or empty if no rate was given for that instant
     */
    public Optional<BigDecimal> convert(BigDecimal amount, String from, String to, Instant at) {
        if (from.equals(to)) {
            return Optional.of(amount);
        }
        return Optional.ofNullable(rates.get(pair(from, to)))
                .map(dated -> dated.floorEntry(at))
                .map(rate -> amount.multiply(rate.getValue()));
    }

    private static String pair(String from, String to) {
        return from + '/' + to;
    }

    /**
     * Collects rates. Not safe for use by many threads.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final Map<String, TreeMap<Instant, BigDecimal>> rates = new HashMap<>();

        private Builder() {}

        /**
         * Adds a rate.
         *
         * @param since from when on it holds
         * @param from the currency of amounts, an ISO 4217 code
         * @param to the currency wanted
         * @param rate how much of it one unit of the other is worth, above 0
         * @return this builder
         * @throws IllegalArgumentException if the rate is not above 0, both currencies are the same, or another rate was added for the same instant
         */
        public Builder add(Instant since, String from, String to, BigDecimal rate) {
            if (from.equals(to)) {
                throw new IllegalArgumentException(
                        "from and to are " + from + " — two different currencies — leave the rate out");
            }
            if (rate.signum() <= 0) {
                throw new IllegalArgumentException("rate is " + rate + " — above 0");
            }
            BigDecimal before = rates.computeIfAbsent(pair(from, to), pair -> new TreeMap<>())
                    .put(since, rate);
            if (before != null && before.compareTo(rate) != 0) {
                throw new IllegalArgumentException("rate of " + pair(from, to) + " since " + since + " is " + before
                        + " and " + rate + " — one rate an instant — remove one of both");
            }
            return this;
        }

        /**
         * Builds the rates.
         *
         * @return the rates
         */
        public ExchangeRates build() {
            return new ExchangeRates(this);
        }
    }
}
