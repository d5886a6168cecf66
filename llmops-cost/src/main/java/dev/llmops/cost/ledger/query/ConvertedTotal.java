package dev.llmops.cost.ledger.query;

import dev.llmops.cost.accounting.ExchangeRates;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sum over several currencies in one, each total at the rate of its hour or day.
 *
 * @param currency the ISO 4217 code of the amount
 * @param amount the sum of what could be converted, exactly
 * @param missing the totals for which no rate was given; they are not in the amount
 * @since 0.1.0
 */
public record ConvertedTotal(String currency, BigDecimal amount, List<LedgerTotal> missing) {

    /** Copies the list. */
    public ConvertedTotal {
        missing = List.copyOf(missing);
    }

    /**
     * Converts totals and adds them up.
     *
     * @param totals sums of a query that splits {@linkplain LedgerQuery.Builder#byDay by day} or hour
     * @param currency the currency wanted
     * @param rates the rates
     * @return the sum
     * @throws IllegalArgumentException if a total in another currency has no time
     */
    public static ConvertedTotal of(List<LedgerTotal> totals, String currency, ExchangeRates rates) {
        BigDecimal sum = BigDecimal.ZERO;
        List<LedgerTotal> missing = new ArrayList<>();
        for (LedgerTotal total : totals) {
            Optional<BigDecimal> converted = converted(total, currency, rates);
            if (converted.isPresent()) {
                sum = sum.add(converted.get());
            } else {
                missing.add(total);
            }
        }
        return new ConvertedTotal(currency, sum, missing);
    }

    private static Optional<BigDecimal> converted(LedgerTotal total, String currency, ExchangeRates rates) {
        if (total.amount().signum() == 0 || total.currency().equals(currency)) {
            return Optional.of(total.amount());
        }
        Instant at = total.start();
        if (at == null) {
            throw new IllegalArgumentException("a total in " + total.currency()
                    + " has no time — totals of hours or days — build the query with byDay or byHour");
        }
        return rates.convert(total.amount(), total.currency(), currency, at);
    }
}
