package dev.llmops.slo.prometheus.internal;

import java.math.BigDecimal;

/**
 * The label matcher for one edge of a classic histogram, in every spelling that clients and servers use: {@code 1},
 * {@code 1.0}, {@code 1000000.0}, {@code 1e+06}, {@code 1.0E6}, {@code 0.00001}, {@code 1e-05}.
 */
public final class BucketEdge {

    private BucketEdge() {}

    /** Returns the matcher of an edge. */
    public static String matcher(double edge) {
        return "le=~\"" + pattern(edge) + "\"";
    }

    /** RE2, anchored by Prometheus; backslashes are doubled, as PromQL strings want them. */
    private static String pattern(double edge) {
        BigDecimal value = new BigDecimal(Numbers.shortest(edge)).stripTrailingZeros();
        String digits = value.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - value.scale();
        String mantissa = digits.charAt(0) + fraction(digits.substring(1));
        String power = "[eE]" + (exponent < 0 ? "-" : "[+]?") + "0*" + Math.abs(exponent);
        return (value.signum() < 0 ? "-" : "") + "(" + plain(value.abs()) + "|" + mantissa + power + ")";
    }

    private static String plain(BigDecimal value) {
        String[] parts = value.toPlainString().split("\\.", -1);
        String whole = parts[0].equals("0") && parts.length > 1 ? "0?" : parts[0];
        return whole + fraction(parts.length > 1 ? parts[1] : "");
    }

    private static String fraction(String digits) {
        return digits.isEmpty() ? "([.]0*)?" : "[.]" + digits + "0*";
    }
}
