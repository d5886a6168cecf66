package dev.llmops.release.compare;

import dev.llmops.core.record.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds one condition as Keptn writes them, such as {@code <=+10%} or {@code <600}.
 *
 * @param operator one of {@code <}, {@code <=}, {@code =}, {@code >=} and {@code >}
 * @param value the number, without its sign
 * @param isPercentage true if it is a share of the baseline
 * @param isRelative true if it is added to the baseline: it has a sign or is a percentage
 * @param isIncrease true if it is added and not taken off; a percentage without a sign is added
 */
record Criterion(String operator, BigDecimal value, boolean isPercentage, boolean isRelative, boolean isIncrease) {

    private static final Pattern FORM = Pattern.compile("(<=|>=|<|>|=)([+-]?)(\\d+(?:\\.\\d*)?|\\.\\d+)(%?)");

    static Criterion parse(String text) {
        Matcher matcher = FORM.matcher(text.replaceAll("\\s", ""));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a criterion cannot be read (" + text
                    + ") — an operator (<, <=, =, >=, >), a sign where it is relative, a number, and % where it is a share"
                    + " — write for example <=+10%");
        }
        boolean isSigned = !matcher.group(2).isEmpty();
        boolean isPercentage = !matcher.group(4).isEmpty();
        boolean isRelative = isSigned || isPercentage;
        return new Criterion(
                matcher.group(1),
                Decimals.parse(matcher.group(3)),
                isPercentage,
                isRelative,
                isRelative && !matcher.group(2).equals("-"));
    }

    /** The value to compare with; decimal, so that 10 % over 0.1 is 0.11. */
    BigDecimal target(double baseline) {
        if (!isRelative) {
            return value;
        }
        BigDecimal base = BigDecimal.valueOf(baseline);
        BigDecimal difference =
                isPercentage ? base.multiply(value).divide(BigDecimal.valueOf(100), MathContext.DECIMAL128) : value;
        return isIncrease ? base.add(difference) : base.subtract(difference);
    }

    boolean holds(double measured, BigDecimal target) {
        int order = BigDecimal.valueOf(measured).compareTo(target);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            default -> order == 0;
        };
    }
}
