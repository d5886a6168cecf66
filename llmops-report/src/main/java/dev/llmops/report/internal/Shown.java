package dev.llmops.report.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Numbers as all reports print them: four significant digits, whole thousands apart, never an exponent. Percentages have a
 * space before the sign, as in the sentences of statuses.
 */
public final class Shown {

    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final String PLAIN = "#,##0.####################";

    private Shown() {}

    /** Returns a ratio as percent. */
    public static String percent(double ratio) {
        return Double.isFinite(ratio) ? number(BigDecimal.valueOf(ratio).movePointRight(2)) + " %" : "∞ %";
    }

    /** Returns a ratio as percent, or the words for its absence. */
    public static String percent(OptionalDouble ratio, String absent) {
        return ratio.isPresent() ? percent(ratio.getAsDouble()) : absent;
    }

    /** Returns a measured number. */
    public static String number(double value) {
        return Double.isFinite(value) ? number(BigDecimal.valueOf(value)) : value > 0 ? "∞" : "-∞";
    }

    /** Returns a measured number. */
    public static String number(BigDecimal value) {
        boolean isLarge = value.abs().compareTo(BigDecimal.valueOf(1_000)) >= 0;
        BigDecimal rounded = isLarge ? value.setScale(0, RoundingMode.HALF_EVEN) : value.round(DIGITS);
        return new DecimalFormat(PLAIN, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(rounded);
    }

    /** Returns a number of events: whole numbers whole, weights with two decimals. */
    public static String count(double events) {
        return String.format(Locale.ROOT, events == Math.rint(events) ? "%,.0f" : "%,.2f", events);
    }

    /** Returns a number of whole events. */
    public static String count(long events) {
        return String.format(Locale.ROOT, "%,d", events);
    }

    /** Returns a time in milliseconds. */
    public static String millis(double millis) {
        return number(millis) + " ms";
    }
}
