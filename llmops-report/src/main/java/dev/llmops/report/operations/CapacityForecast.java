package dev.llmops.report.operations;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Forecasts daily traffic: the same weekday a week ago plus the mean change from week to week (seasonal naive with drift;
 * Hyndman and Athanasopoulos, "Forecasting: principles and practice", section 5.2). The interval holds the middle 90 % of
 * the errors that the method made on the days it was tried on, each forecast one week ahead from what was known then.
 *
 * @param days the forecast days
 * @param meanAbsoluteErrorRatio mean absolute error of the backtest ÷ mean of the days it was tried on
 * @param triedDays on how many days the method was tried
 * @since 0.1.0
 */
public record CapacityForecast(List<Day> days, double meanAbsoluteErrorRatio, int triedDays) {

    /** The fewest days of history: three weeks. */
    public static final int MIN_DAYS = 21;

    private static final int WEEK = 7;
    private static final double TAIL = .05;

    /**
     * A forecast of one day.
     *
     * @param date the day
     * @param calls the calls that are expected
     * @param lower the lower end of the 90 % prediction interval, ≥ 0
     * @param upper its upper end
     */
    public record Day(LocalDate date, double calls, double lower, double upper) {}

    /** Copies the days. */
    public CapacityForecast {
        days = List.copyOf(days);
    }

    /**
     * Forecasts the week after a history.
     *
     * @param history calls by day; days without an entry had none
     * @return the next seven days, or empty for a history of fewer than {@value #MIN_DAYS} days
     */
    public static Optional<CapacityForecast> of(NavigableMap<LocalDate, Double> history) {
        if (history.isEmpty()) {
            return Optional.empty();
        }
        LocalDate first = history.firstKey();
        int n = Math.toIntExact(history.lastKey().toEpochDay() - first.toEpochDay()) + 1;
        if (n < MIN_DAYS) {
            return Optional.empty();
        }
        double[] calls = new double[n];
        history.forEach((day, count) -> calls[(int) (day.toEpochDay() - first.toEpochDay())] = count);
        double[] errors = errors(calls);
        List<Day> days = new ArrayList<>();
        for (int ahead = 0; ahead < WEEK; ahead++) {
            double expected = Math.max(0, forecast(calls, n, ahead));
            days.add(new Day(
                    first.plusDays((long) n + ahead),
                    expected,
                    Math.max(0, expected + quantile(errors, TAIL)),
                    Math.max(0, expected + quantile(errors, 1 - TAIL))));
        }
        double size = Arrays.stream(errors).map(Math::abs).average().orElse(0);
        double mean = Arrays.stream(calls, 2 * WEEK, n).average().orElse(0);
        return Optional.of(new CapacityForecast(days, mean == 0 ? 0 : size / mean, errors.length));
    }

    /** The errors, actual less forecast, of every day that two whole weeks came before. */
    private static double[] errors(double[] calls) {
        double[] errors = new double[calls.length - 2 * WEEK];
        for (int day = 2 * WEEK; day < calls.length; day++) {
            int ahead = (day - 2 * WEEK) % WEEK;
            errors[day - 2 * WEEK] = calls[day] - forecast(calls, day - ahead, ahead);
        }
        Arrays.sort(errors);
        return errors;
    }

    /** The forecast of a day from the days before index {@code known}. */
    private static double forecast(double[] calls, int known, int ahead) {
        double drift = 0;
        int weeks = 0;
        for (int day = known - 1; day - WEEK >= 0; day--) {
            drift += calls[day] - calls[day - WEEK];
            weeks++;
        }
        return calls[known + ahead - WEEK] + (weeks == 0 ? 0 : drift / weeks);
    }

    private static double quantile(double[] sorted, double ratio) {
        return sorted[Math.min(sorted.length - 1, Math.max(0, (int) Math.ceil(ratio * sorted.length) - 1))];
    }
}
