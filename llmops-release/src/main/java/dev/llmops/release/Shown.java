package dev.llmops.release;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Numbers and times as the sentences of a verdict print them: three significant digits. */
final class Shown {

    private static final MathContext DIGITS = new MathContext(3);

    /** Factors, of which the right one makes three whole digits of a number from a billionth to a thousand. */
    private static final double[] SCALES = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11};

    private static final double PLAIN_FROM = .001;
    /** The first number that is rounded to a million. */
    private static final double PLAIN_BELOW = 999_500;
    /** Nearer than this to the middle between two numbers, only the decimal digits say which way to round. */
    private static final double TOO_CLOSE = 1e-6;

    private Shown() {}

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        for (int decimals = 0; decimals < SCALES.length; decimals++) {
            double scaled = value * SCALES[decimals];
            if (scaled < 100) {
                continue;
            }
            long rounded = Math.round(scaled);
            if (rounded < 1_000 && Math.abs(Math.abs(scaled - rounded) - .5) > TOO_CLOSE) {
                return plain(rounded, decimals);
            }
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Prints three digits without zeros at the end of their decimals. */
    private static String plain(long digits, int decimals) {
        long left = digits;
        int places = decimals;
        while (places > 0 && left % 10 == 0) {
            left /= 10;
            places--;
        }
        if (places == 0) {
            return Long.toString(left);
        }
        long scale = (long) SCALES[places];
        String fraction = Long.toString(scale + left % scale).substring(1);
        return left / scale + "." + fraction;
    }

    /** Prints an e-value, which may be any power of ten: a number from a thousandth to a million, as {@code 1.93e-22} beyond. */
    static String evidence(double e) {
        boolean isPlain = e == 0 || (e >= PLAIN_FROM && e < PLAIN_BELOW);
        if (isPlain || !Double.isFinite(e)) {
            return number(e);
        }
        BigDecimal rounded = BigDecimal.valueOf(e).round(DIGITS);
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    static String percent(double ratio) {
        return number(ratio * 100) + (Double.isNaN(ratio) ? "" : " %");
    }

    /** Prints a time as policies write it, such as {@code 1h30m}. */
    static String time(Duration time) {
        return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
