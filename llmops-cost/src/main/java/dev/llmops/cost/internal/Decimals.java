package dev.llmops.cost.internal;

import java.math.BigDecimal;

/**
 * Bounds on decimals that others wrote or computed. {@code 1e999999999} is a short text and a number with a billion
 * digits, so what has more digits than money needs is refused before anything is calculated with it.
 */
public final class Decimals {

    /** More digits than any price, count or amount needs. */
    public static final int MAX_DIGITS = 60;

    private Decimals() {}

    /** Returns true if a number has at most so many digits before and after the point. */
    public static boolean hasAtMost(int digits, BigDecimal number) {
        return number.precision() <= 2 * digits
                && number.scale() <= digits
                && (long) number.precision() - number.scale() <= digits;
    }

    /**
     * Returns a number that is within bounds.
     *
     * @throws IllegalArgumentException naming the property, if it has too many digits
     */
    public static BigDecimal require(String property, int digits, BigDecimal number) {
        if (!hasAtMost(digits, number)) {
            throw new IllegalArgumentException(property + " has too many digits (" + abbreviated(number)
                    + ") — at most " + digits + " before and after the point — correct the amount");
        }
        return number;
    }

    private static String abbreviated(BigDecimal number) {
        String text = number.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
