package dev.llmops.cost.accounting;

import java.util.List;

/**
 * The totals of the calls that have the same values in some dimensions.
 *
 * @param values the values in the order of the dimensions asked for; empty where calls did not say
 * @param totals what these calls used and cost
 * @since 0.1.0
 */
public record Account(List<String> values, AccountTotals totals) {

    /** The value under which accounts beyond the bound are added up: {@value}. */
    public static final String OTHER = "other";

    /** Copies the values. */
    public Account {
        values = List.copyOf(values);
    }
}
