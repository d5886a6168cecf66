package dev.llmops.slo.openslo;

import dev.llmops.slo.MetricSource;
import java.math.BigDecimal;
import java.util.Map;

/** Queries that count slices of time: a slice is one event, good or bad as a whole. Slices without data are no events. */
final class Slices {

    /** The slice of a gauge that names none: one sample a minute. */
    static final String MINUTE = "1m";

    private Slices() {}

    /** Slices in which a gauge compares with a value as it should. */
    static Map<String, String> ofGauge(String query, String operator, String value, String slice) {
        String opposite =
                switch (operator) {
                    case "lt" -> ">=";
                    case "lte" -> ">";
                    case "gt" -> "<=";
                    case "gte" -> "<";
                    default -> throw new IllegalArgumentException("is '" + operator + "' — lt, lte, gt or gte");
                };
        return counted("(" + query + ") " + opposite + " bool " + value, query, slice);
    }

    /** Slices whose share of good events reaches a target. */
    static Map<String, String> ofRatio(String events, String total, boolean bad, BigDecimal target, String slice) {
        String ratio = "(" + at(events, slice) + ") / ((" + at(total, slice) + ") > 0)";
        String bound = target.stripTrailingZeros().toPlainString();
        String limit = BigDecimal.ONE.subtract(target).stripTrailingZeros().toPlainString();
        return counted("(" + ratio + ") " + (bad ? "> bool " + limit : "< bool " + bound), ratio, slice);
    }

    private static String at(String query, String slice) {
        return query.replace(MetricSource.WINDOW, slice);
    }

    private static Map<String, String> counted(String bad, String measured, String slice) {
        String range = "[" + MetricSource.WINDOW + ":" + slice + "]";
        return Map.of(
                "bad", "sum(sum_over_time((" + bad + ")" + range + ")) / " + MetricSource.SECONDS,
                "total", "sum(count_over_time((" + measured + ")" + range + ")) / " + MetricSource.SECONDS);
    }
}
