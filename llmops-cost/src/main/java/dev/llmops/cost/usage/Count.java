package dev.llmops.cost.usage;

import dev.llmops.core.record.Decimals;
import dev.llmops.cost.internal.UsageCounts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads counts, times and amounts as servers write them: as numbers, or as texts that are numbers. */
final class Count {

    static final long NOT_REPORTED = UsageCounts.NOT_REPORTED;

    /** No call uses more of anything; sums of counts up to it cannot overflow. */
    private static final BigDecimal MOST = BigDecimal.TEN.pow(15);

    private static final BigDecimal MOST_SECONDS = BigDecimal.TEN.pow(9);

    /** No call costs more; an amount beyond it is a slip of the unit. */
    private static final BigDecimal MOST_MONEY = BigDecimal.TEN.pow(6);

    private Count() {}

    /** Returns the first count that is there, or {@link #NOT_REPORTED}. */
    static long of(JsonNode block, String... names) {
        for (String name : names) {
            long count = of(block.path(name));
            if (count != NOT_REPORTED) {
                return count;
            }
        }
        return NOT_REPORTED;
    }

    /** Returns a whole number between 0 and 10^15, or {@link #NOT_REPORTED} for anything else. */
    static long of(JsonNode value) {
        BigDecimal count = between(value, MOST);
        return count != null && count.stripTrailingZeros().scale() <= 0 ? count.longValue() : NOT_REPORTED;
    }

    /** Returns a duration, or null if there is none that can be true. */
    static @Nullable BigDecimal seconds(JsonNode value) {
        return between(value, MOST_SECONDS);
    }

    /**
     * Returns what a provider says that a call costs, or null if it says nothing that can be true.
     *
     * @param digits how many digits stand behind the point of a whole number, where money is counted in fractions
     */
    static @Nullable BigDecimal money(JsonNode value, int digits) {
        BigDecimal fractions = between(value, MOST_MONEY.movePointRight(digits));
        return fractions == null ? null : fractions.movePointLeft(digits);
    }

    private static @Nullable BigDecimal between(JsonNode value, BigDecimal most) {
        BigDecimal number = null;
        if (value.isNumber()) {
            number = value.decimalValue();
        } else if (value.isString()) {
            try {
                number = Decimals.parse(value.asString().trim());
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return number != null && number.signum() >= 0 && number.compareTo(most) <= 0 ? number : null;
    }
}
