package dev.llmops.slo.prometheus.internal;

import java.math.BigDecimal;
import java.math.MathContext;

/** Doubles as Prometheus and Sloth print them: the fewest digits that read back as the same double. */
public final class Numbers {

    private static final int FEWEST_DIGITS_THAT_MAY_DO = 1;
    private static final int DIGITS_THAT_ALWAYS_DO = 17;
    private static final double SMALLEST_PLAIN = 1e-4;

    private Numbers() {}

    public static String shortest(double number) {
        for (int digits = FEWEST_DIGITS_THAT_MAY_DO; digits < DIGITS_THAT_ALWAYS_DO; digits++) {
            BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return text(rounded, number);
            }
        }
        return text(new BigDecimal(number).round(new MathContext(DIGITS_THAT_ALWAYS_DO)), number);
    }

    private static String text(BigDecimal rounded, double number) {
        if (number == 0) {
            return "0";
        }
        BigDecimal stripped = rounded.stripTrailingZeros();
        if (Math.abs(number) >= SMALLEST_PLAIN) {
            return stripped.toPlainString();
        }
        int exponent = stripped.precision() - stripped.scale() - 1;
        String sign = exponent < -9 ? "e-" : "e-0";
        return stripped.movePointLeft(exponent).toPlainString() + sign + -exponent;
    }
}
