package dev.llmops.slo.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as the sentences of a verdict print them: four significant digits, no exponent. */
public final class Percent {

    private static final MathContext SHOWN = new MathContext(4, RoundingMode.HALF_EVEN);

    private Percent() {}

    /** A ratio as percent. */
    public static String of(double ratio) {
        return Double.isFinite(ratio) ? of(BigDecimal.valueOf(ratio)) : "∞ %";
    }

    public static String of(BigDecimal ratio) {
        return plain(ratio.movePointRight(2)) + " %";
    }

    /** A number of events: whole numbers whole, weights with two decimals. */
    public static String count(double events) {
        return events == Math.rint(events)
                ? String.format(Locale.ROOT, "%,.0f", events)
                : String.format(Locale.ROOT, "%,.2f", events);
    }

    public static String plain(double value) {
        return Double.isFinite(value) ? plain(BigDecimal.valueOf(value)) : "∞";
    }

    public static String plain(BigDecimal value) {
        BigDecimal rounded = value.round(SHOWN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
