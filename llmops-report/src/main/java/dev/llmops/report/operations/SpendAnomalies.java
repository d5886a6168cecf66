package dev.llmops.report.operations;

import dev.llmops.report.operations.OperationsReport.UnusualHour;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;

/**
 * Hours in which more was spent than in the same hours of past weeks. An hour is unusual if its modified z-score is over
 * 3.5 (Iglewicz and Hoaglin, "How to detect and handle outliers", 1993): 0.6745 · (x − median) ÷ MAD, over the same hour
 * of the same weekday in at least three past weeks, where the MAD counts as a tenth of the median at least.
 *
 * @param comparedHours the hours that have enough past to compare with
 * @param hours the unusual hours, the greatest excess first
 */
record SpendAnomalies(int comparedHours, List<UnusualHour> hours) {

    /** The most past weeks that are compared with. */
    static final int WEEKS = 8;

    private static final int FEWEST_WEEKS = 3;
    private static final double LIMIT = 3.5;
    private static final double NORMAL = 0.6745;
    private static final double LEAST_SPREAD = 0.1;

    /**
     * Looks for unusual hours.
     *
     * @param spent what was spent in one currency by the start of each hour; hours without an entry had none
     * @param from the start of the period, whose past is before it
     * @param to the end of the period
     */
    static SpendAnomalies of(
            String currency, NavigableMap<Instant, BigDecimal> spent, Instant from, Instant to, ZoneId zone) {
        List<UnusualHour> unusual = new ArrayList<>();
        int compared = 0;
        if (spent.isEmpty()) {
            return new SpendAnomalies(0, unusual);
        }
        Instant first = spent.firstKey();
        for (Instant hour = from; hour.isBefore(to); hour = hour.plus(Duration.ofHours(1))) {
            double[] past = past(spent, hour, first, zone);
            if (past.length >= FEWEST_WEEKS) {
                compared++;
                BigDecimal amount = spent.getOrDefault(hour, BigDecimal.ZERO);
                double usual = median(past);
                if (score(amount.doubleValue(), past, usual) > LIMIT) {
                    unusual.add(new UnusualHour(hour, currency, amount, new BigDecimal(usual, MathContext.DECIMAL32)));
                }
            }
        }
        unusual.sort(Comparator.comparing(UnusualHour::excess).reversed());
        return new SpendAnomalies(compared, List.copyOf(unusual));
    }

    /** The same local hour of the same weekday, as far as there are records. */
    private static double[] past(NavigableMap<Instant, BigDecimal> spent, Instant hour, Instant first, ZoneId zone) {
        List<Double> past = new ArrayList<>();
        for (int week = 1; week <= WEEKS; week++) {
            Instant then = hour.atZone(zone).minusWeeks(week).toInstant();
            if (!then.isBefore(first)) {
                past.add(spent.getOrDefault(then, BigDecimal.ZERO).doubleValue());
            }
        }
        return past.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double score(double amount, double[] past, double usual) {
        double spread =
                median(Arrays.stream(past).map(each -> Math.abs(each - usual)).toArray());
        double least = Math.max(spread, LEAST_SPREAD * usual);
        return least == 0 ? (amount > 0 ? Double.POSITIVE_INFINITY : 0) : NORMAL * (amount - usual) / least;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
