package dev.llmops.slo.internal;

import java.math.BigDecimal;

/**
 * Decimals from texts that others wrote. {@code 1e999999999} is a short text and a number with a billion digits, so
 * what has more digits than any target, factor or amount needs is refused before anything is calculated with it.
 */
public final class Decimals {

    private static final int MAX_DIGITS = 60;

    private Decimals() {}

    /**
     * Reads a decimal.
     *
     * @throws NumberFormatException if the text is no number, or one with more than 60 digits before or after the point
     */
    public static BigDecimal parse(String text) {
        BigDecimal number = text.length() > 2 * MAX_DIGITS ? null : new BigDecimal(text);
        if (number == null || number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw new NumberFormatException("more than " + MAX_DIGITS + " digits");
        }
        return number;
    }
}
