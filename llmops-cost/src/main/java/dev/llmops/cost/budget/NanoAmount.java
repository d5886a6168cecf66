package dev.llmops.cost.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Money as whole billionths of the currency unit: fine enough for one embedding call, and exact in the doubles that
 * Redis scripts calculate with up to 9 million.
 *
 * <p>See docs/decisions/ledger.md#budgets-count-in-whole-billionths-of-the-currency-unit-rounded-up.
 */
final class NanoAmount {

    private static final int SCALE = 9;
    private static final BigDecimal MAX = Budget.MAX_AMOUNT;

    private NanoAmount() {}

    /** Rounds up, so that what is held and spent is never less than the money. */
    static long ceil(BigDecimal amount) {
        return amount.setScale(SCALE, RoundingMode.CEILING).unscaledValue().longValueExact();
    }

    /** Rounds down, so that a limit is never more than the money. */
    public static long floor(BigDecimal limit) {
        return limit.setScale(SCALE, RoundingMode.FLOOR).unscaledValue().longValueExact();
    }

    static BigDecimal amount(long nanos) {
        BigDecimal amount = BigDecimal.valueOf(nanos, SCALE).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    static void requireAmount(String property, BigDecimal amount) {
        if (amount.signum() < 0 || amount.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(property + " is " + amount.toPlainString() + " — in [0, " + MAX + "]");
        }
    }
}
