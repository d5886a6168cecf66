package dev.llmops.cost.internal;

import java.math.BigDecimal;

/** Decimals as people write them. */
public final class PlainDecimals {

    private PlainDecimals() {}

    /** Returns the same number without trailing zeros and without an exponent. */
    public static BigDecimal of(BigDecimal amount) {
        BigDecimal shortest = amount.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
