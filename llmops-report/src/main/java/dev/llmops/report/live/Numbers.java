package dev.llmops.report.live;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as the page shows them. */
final class Numbers {

    private static final MathContext DIGITS = new MathContext(3);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final int MONEY_DIGITS = 4;
    private static final double MILLIS_PER_SECOND = 1_000;

    private Numbers() {}

    /** Writes the name of a constant as words. */
    static String words(String name) {
        return name.replace('_', ' ');
    }

    /** Writes three significant digits. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
        String digits =
                rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        return digits.replace('-', '−');
    }

    static String percent(double ratio) {
        return of(ratio * 100) + (Double.isNaN(ratio) ? "" : " %");
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Writes milliseconds, from a second on as seconds. */
    static String duration(double millis) {
        if (Double.isNaN(millis)) {
            return "unknown";
        }
        return millis < MILLIS_PER_SECOND ? Math.round(millis) + " ms" : of(millis / MILLIS_PER_SECOND) + " s";
    }

    /** Writes at least two decimals, and as many more as four significant digits take. */
    static String money(BigDecimal amount, String currency) {
        int firstDigit = amount.signum() == 0 ? MONEY_DIGITS : amount.precision() - amount.scale();
        int decimals = Math.max(2, Math.min(MONEY_DIGITS - firstDigit, 2 * MONEY_DIGITS));
        return String.format(Locale.ROOT, "%,." + decimals + "f %s", amount, currency);
    }

    static String time(Instant at) {
        return TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    static String minute(Instant at) {
        return MINUTE.format(at.atOffset(ZoneOffset.UTC));
    }

    static String date(Instant at) {
        return DateTimeFormatter.ISO_LOCAL_DATE.format(at.atOffset(ZoneOffset.UTC));
    }

    /** Returns the smallest of 1, 2, 5 times a power of ten that is at least a positive value. */
    static double step(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= atLeast * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
