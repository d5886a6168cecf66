package dev.llmops.release;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as the sentences of a verdict print them: three significant digits. */
final class Shown {

    private static final MathContext DIGITS = new MathContext(3);

    private Shown() {}

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    static String percent(double ratio) {
        return number(ratio * 100) + " %";
    }
}
