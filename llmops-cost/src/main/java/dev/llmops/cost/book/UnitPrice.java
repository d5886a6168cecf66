package dev.llmops.cost.book;

import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The price of one kind as it holds for a call.
 *
 * <p>See docs/decisions/cost.md#components-are-rounded-not-totals.
 */
final class UnitPrice {

    /** A component whose quotient does not end is rounded here, and nothing is rounded anywhere else. */
    static final int ROUNDING_SCALE = 15;

    static final RoundingMode ROUNDING_MODE = RoundingMode.HALF_EVEN;

    /** Counts of durations are nanoseconds, their prices are per second. */
    private static final int DURATION_SCALE = 9;

    final BigDecimal price;
    final BigDecimal per;
    final String id;

    /** The reason why costs at this price are estimates, or null. */
    final @Nullable String assumption;

    /** The exact price of one count, or null if it is no finite decimal. */
    final @Nullable BigDecimal perCount;

    private final int countScale;

    UnitPrice(UsageKind kind, BigDecimal price, BigDecimal per, String id, @Nullable String assumption) {
        this.price = price;
        this.per = per;
        this.id = id;
        this.assumption = assumption;
        this.countScale = kind.family() == UsageKind.Family.DURATIONS ? DURATION_SCALE : 0;
        BigDecimal quotient = exactQuotient(price, per.scaleByPowerOfTen(countScale));
        this.perCount = quotient == null ? null : quotient.stripTrailingZeros();
    }

    /** The price of one count times 10^scale; call it only where that is a whole number. */
    BigInteger scaled(int scale) {
        return Objects.requireNonNull(perCount).setScale(scale).unscaledValue();
    }

    BigDecimal quantity(long count) {
        return BigDecimal.valueOf(count, countScale);
    }

    BigDecimal amount(long count) {
        return amount(quantity(count), price, per);
    }

    /** Quantity × price ÷ per: exact if it ends, else rounded at {@link #ROUNDING_SCALE}. */
    static BigDecimal amount(BigDecimal quantity, BigDecimal price, BigDecimal per) {
        BigDecimal product = quantity.multiply(price);
        BigDecimal exact = exactQuotient(product, per);
        return exact != null ? exact : product.divide(per, ROUNDING_SCALE, ROUNDING_MODE);
    }

    private static @Nullable BigDecimal exactQuotient(BigDecimal dividend, BigDecimal divisor) {
        try {
            return dividend.divide(divisor);
        } catch (ArithmeticException endless) {
            return null;
        }
    }
}
