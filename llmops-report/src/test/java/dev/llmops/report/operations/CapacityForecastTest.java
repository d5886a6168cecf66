package dev.llmops.report.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CapacityForecastTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 2);

    private static NavigableMap<LocalDate, Double> days(int n, IntToDoubleFunction calls) {
        NavigableMap<LocalDate, Double> days = new TreeMap<>();
        for (int day = 0; day < n; day++) {
            days.put(FIRST.plusDays(day), calls.applyAsDouble(day));
        }
        return days;
    }

    @Test
    void under_three_weeks_there_is_no_forecast() {
        assertThat(CapacityForecast.of(days(20, day -> 100))).isEmpty();
        assertThat(CapacityForecast.of(new TreeMap<>())).isEmpty();
    }

    @Test
    void a_week_that_repeats_and_grows_is_forecast_exactly() {
        CapacityForecast forecast = CapacityForecast.of(days(28, day -> 100 + day + (day % 7 == 6 ? 50 : 0)))
                .orElseThrow();

        assertThat(forecast.days().get(0)).isEqualTo(new CapacityForecast.Day(FIRST.plusDays(28), 128, 128, 128));
        assertThat(forecast.days().get(6).calls()).isEqualTo(184);
        assertThat(forecast.meanAbsoluteErrorRatio()).isZero();
        assertThat(forecast.triedDays()).isEqualTo(14);
    }

    @Test
    void days_without_calls_count_as_zero() {
        NavigableMap<LocalDate, Double> days = days(28, day -> 100);
        days.keySet().removeIf(day -> day.getDayOfWeek().getValue() == 7);

        assertThat(CapacityForecast.of(days).orElseThrow().days())
                .first()
                .extracting("calls")
                .isEqualTo(0.0);
    }

    @Test
    void the_interval_holds_nine_days_of_ten() {
        int held = 0;
        int tried = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            NavigableMap<LocalDate, Double> days = days(63, day -> 1_000 + 100 * random.nextGaussian());
            NavigableMap<LocalDate, Double> known = days.headMap(FIRST.plusDays(56), false);
            for (CapacityForecast.Day day :
                    CapacityForecast.of(known).orElseThrow().days()) {
                double actual = days.get(day.date());
                held += day.lower() <= actual && actual <= day.upper() ? 1 : 0;
                tried++;
            }
        }

        assertThat((double) held / tried).isCloseTo(.88, within(.05));
    }
}
