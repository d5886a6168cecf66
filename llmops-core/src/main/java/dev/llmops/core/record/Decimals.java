package dev.llmops.core.record;

import java.math.BigDecimal;

/**
 * Bounds on decimals that others wrote or computed. {@code 1e999999999} is a short text and a number with a billion digits, so
 * what has more digits than money, counts and targets need is refused before anything is calculated with it. All modules read
 * decimals through this class; see docs/decisions/core.md#one-class-bounds-decimals.
 *
 * @since 0.1.0
 */
public final class Decimals {

    /** More digits than any price, count, amount or target needs, before the point and behind it. */
    public static final int MAX_DIGITS = 60;

    /** More milliseconds, or tokens, than a call has: {@value}. A log that says so is damaged. */
    public static final double MAX_QUANTITY = 1e12;

    // A sign, a point and an exponent have room beside the digits.
    private static final int MAX_LENGTH = 2 * MAX_DIGITS + 16;

    private Decimals() {}

    /**
     * Reads a decimal.
     *
     * @param text a number in decimal digits, with or without an exponent
     * @return the number that the text writes, with its scale
     * @throws NumberFormatException if the text is no number, or one with more than {@value #MAX_DIGITS} digits before or
     *     after the point
     */
    public static BigDecimal parse(String text) {
        BigDecimal number = text.length() > MAX_LENGTH ? null : new BigDecimal(text);
        if (number == null || !hasAtMost(MAX_DIGITS, number)) {
            throw new NumberFormatException("more than " + MAX_DIGITS + " digits");
        }
        return number;
    }

    /**
     * Returns true if a number is within bounds.
     *
     * @param digits the number of digits that are allowed before the point, and after it
     * @param number the number
     * @return false if it has more
     */
    public static boolean hasAtMost(int digits, BigDecimal number) {
        return number.precision() <= 2 * digits
                && number.scale() <= digits
                && (long) number.precision() - number.scale() <= digits;
    }

    /**
     * Returns a number that is within bounds.
     *
     * @param property the name of the number in messages
     * @param digits the number of digits that are allowed before the point, and after it
     * @param number the number
     * @return the number
     * @throws IllegalArgumentException if it has more
     */
    public static BigDecimal require(String property, int digits, BigDecimal number) {
        if (!hasAtMost(digits, number)) {
            throw new IllegalArgumentException(property + " has too many digits (" + abbreviated(number)
                    + ") — at most " + digits + " before and after the point — correct the amount");
        }
        return number;
    }

    /**
     * Returns a time in milliseconds, or a number of tokens, that a log has of a call.
     *
     * @param written what the log has; NaN for what is no number
     * @return the same
     * @throws NumberFormatException if it is negative, over {@link #MAX_QUANTITY} or NaN, which makes its line unreadable
     */
    public static double quantity(double written) {
        if (!(written >= 0 && written <= MAX_QUANTITY)) {
            throw new NumberFormatException("no quantity of a call (" + written + ")");
        }
        return written;
    }

    /**
     * Returns the share of calls for which a line of a log stands.
     *
     * @param written what the log has; NaN for what is no number
     * @return the same, in (0, 1]
     * @throws NumberFormatException if it is anything else, which makes its line unreadable instead of sampled
     */
    public static double sampleRate(double written) {
        if (!(written > 0 && written <= 1)) {
            throw new NumberFormatException("no share of calls (" + written + ")");
        }
        return written;
    }

    private static String abbreviated(BigDecimal number) {
        String text = number.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
