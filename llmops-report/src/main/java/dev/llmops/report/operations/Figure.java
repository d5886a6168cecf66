package dev.llmops.report.operations;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.jspecify.annotations.Nullable;

/**
 * A number of the report.
 *
 * @param section the part of the report it belongs to
 * @param name its name, unique in the section
 * @param value the number
 * @param unit its unit; {@code ratio} for rates, a currency for money, empty for counts
 * @param n how many observations it rests on
 * @param lower the lower bound of a rate's 95 % interval (Wilson 1927); null for anything else
 * @param upper the upper bound
 * @since 0.1.0
 */
public record Figure(
        String section,
        String name,
        BigDecimal value,
        String unit,
        long n,
        @Nullable Double lower,
        @Nullable Double upper) {

    static final String RATIO = "ratio";

    private static final double ALPHA = .05;
    private static final double MILLIS_PER_SECOND = 1_000;

    static Figure count(String section, String name, long count) {
        return new Figure(section, name, BigDecimal.valueOf(count), "", count, null, null);
    }

    static Figure number(String section, String name, double value, String unit, long n) {
        return new Figure(section, name, BigDecimal.valueOf(value), unit, n, null, null);
    }

    static Figure money(String section, String name, BigDecimal amount, String currency, long n) {
        return new Figure(section, name, amount, currency, n, null, null);
    }

    /** A rate with its interval; of nothing there is none. */
    static List<Figure> rate(String section, String name, long count, long total) {
        if (total == 0) {
            return List.of();
        }
        var interval = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                Math.toIntExact(total), Math.toIntExact(count), ALPHA);
        BigDecimal ratio = BigDecimal.valueOf((double) count / total);
        return List.of(new Figure(
                section,
                name,
                ratio,
                RATIO,
                total,
                Math.max(0, interval.getLowerBound()),
                Math.min(1, interval.getUpperBound())));
    }

    /**
     * The difference of two independent rates, later less earlier, with its interval (Newcombe 1998, method 10: from the
     * Wilson intervals of both); of nothing there is none.
     */
    static List<Figure> change(
            String section, String name, long earlyCount, long earlyTotal, long lateCount, long lateTotal) {
        if (earlyTotal == 0 || lateTotal == 0) {
            return List.of();
        }
        Figure early = rate(section, name, earlyCount, earlyTotal).get(0);
        Figure late = rate(section, name, lateCount, lateTotal).get(0);
        double difference = (double) lateCount / lateTotal - (double) earlyCount / earlyTotal;
        return List.of(new Figure(
                section,
                name,
                BigDecimal.valueOf(difference),
                RATIO,
                earlyTotal + lateTotal,
                difference - Math.hypot(late.below(), early.above()),
                difference + Math.hypot(late.above(), early.below())));
    }

    private double below() {
        return value.doubleValue() - (lower == null ? 0 : lower);
    }

    private double above() {
        return (upper == null ? 0 : upper) - value.doubleValue();
    }

    /** Median and P90 of durations, in seconds: the smallest ones that at least so many do not exceed. */
    static List<Figure> spread(String section, String name, List<Duration> durations) {
        if (durations.isEmpty()) {
            return List.of();
        }
        List<Duration> sorted = durations.stream().sorted().toList();
        return List.of(
                number(section, name + ", median", seconds(sorted, .5), "s", sorted.size()),
                number(section, name + ", P90", seconds(sorted, .9), "s", sorted.size()));
    }

    private static double seconds(List<Duration> sorted, double ratio) {
        int index = Math.max(0, (int) Math.ceil(ratio * sorted.size()) - 1);
        return sorted.get(index).toMillis() / MILLIS_PER_SECOND;
    }
}
