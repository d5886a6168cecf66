package dev.llmops.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.quality.drift.statistics.Correction;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Simulates months without drift: eight features of ten bins in hourly windows. */
class FalseAlarmsTest {

    private static final int FEATURES = 8;
    private static final int BINS = 10;
    private static final int HOURS_A_MONTH = 720;
    private static final int WEEKS_OF_REFERENCE = 4;
    private static final NumericBins BINNING = NumericBins.of(
            IntStream.range(1, BINS).asDoubleStream().toArray(),
            IntStream.range(0, BINS).asDoubleStream().toArray());

    private final SplittableRandom random = new SplittableRandom(2_026);

    /** Counts of a window in which the mix of topics leans by day to one side and by night to the other. */
    private void draw(int[] counts, int from, int values, double swing, int hour) {
        double lean = swing * Math.sin(2 * Math.PI * hour / 24);
        for (int i = 0; i < values; i++) {
            int bin = random.nextInt(BINS);
            boolean upper = bin >= BINS / 2;
            if (random.nextDouble() < Math.abs(lean) && upper != lean > 0) {
                bin = BINS - 1 - bin;
            }
            counts[from + bin]++;
        }
    }

    private FeatureProfile reference(int valuesPerHour, double swing, boolean seasonal) {
        int size = BINNING.size();
        int[] byHour = new int[FeatureProfile.HOURS * size];
        for (int hour = 0; hour < FeatureProfile.HOURS; hour++) {
            draw(byHour, hour * size, WEEKS_OF_REFERENCE * valuesPerHour, swing, hour);
        }
        long[] whole = new long[size];
        for (int i = 0; i < byHour.length; i++) {
            whole[i % size] += byHour[i];
        }
        return new FeatureProfile("f", BINNING, whole, seasonal ? byHour : null);
    }

    private int alertsInAMonth(DriftPolicy policy, int valuesPerHour, double swing, boolean seasonal) {
        FeatureProfile[] profiles = IntStream.range(0, FEATURES)
                .mapToObj(i -> reference(valuesPerHour, swing, seasonal))
                .toArray(FeatureProfile[]::new);
        AlertStreaks streaks = new AlertStreaks(policy.consecutiveWindows());
        int alerts = 0;
        for (int hour = 0; hour < HOURS_A_MONTH; hour++) {
            alerts += streaks.after(window(policy, profiles, hour, valuesPerHour, swing))
                            .isEmpty()
                    ? 0
                    : 1;
        }
        return alerts;
    }

    private List<DriftFinding> window(
            DriftPolicy policy, FeatureProfile[] profiles, int hour, int values, double swing) {
        DriftDetector detector = new DriftDetector(policy);
        for (int i = 0; i < profiles.length; i++) {
            int[] counts = new int[BINNING.size()];
            draw(counts, 0, values, swing, hour);
            FeatureProfile named = new FeatureProfile("f" + i, BINNING, profiles[i].counts(), profiles[i].byHour());
            long[] current = IntStream.of(counts).asLongStream().toArray();
            detector.add(named, named.counts(hour % FeatureProfile.HOURS), current);
        }
        return detector.findings();
    }

    @Test
    void the_standard_policy_states_less_than_one_false_alarm_in_a_century() {
        double expected =
                DriftPolicy.standard().expectedFalseAlarmsPerMonth(FEATURES, BINS, 100_000, 500, Duration.ofHours(1));
        assertThat(expected).isLessThan(1.0 / 1_200);
    }

    @Test
    void steady_traffic_raises_none() {
        assertThat(alertsInAMonth(DriftPolicy.standard(), 500, 0, true)).isZero();
    }

    @Test
    void day_and_night_raise_none_against_the_hours_of_the_week() {
        assertThat(alertsInAMonth(DriftPolicy.standard(), 500, 0.6, true)).isZero();
    }

    @Test
    void day_and_night_raise_hundreds_against_the_whole_week() {
        assertThat(alertsInAMonth(DriftPolicy.standard(), 500, 0.6, false)).isGreaterThan(100);
    }

    @Test
    void a_lower_floor_raises_as_many_as_stated() {
        DriftPolicy low =
                new DriftPolicy(DriftPolicy.standard().methods(), 0.01, Correction.HOLM, 0.1, 0.05, 0.01, 10, 2);
        double stated = low.expectedFalseAlarmsPerMonth(FEATURES, BINS, 2_000, 100, Duration.ofHours(1));
        int months = 4;
        int alerts = IntStream.range(0, months)
                .map(i -> alertsInAMonth(low, 100, 0, false))
                .sum();

        assertThat(stated).isBetween(4.0, 7.3);
        assertThat(alerts).isPositive().isLessThanOrEqualTo((int) (months * stated));
    }

    /** At a level of 5 %; the Kolmogorov–Smirnov test of bins is known to stay below its level. */
    @ParameterizedTest
    @EnumSource(names = {"PSI", "KS", "JENSEN_SHANNON", "WASSERSTEIN"})
    void a_thousand_comparisons_without_drift_stay_at_their_level(DriftFinding.Method method) {
        FeatureProfile profile = reference(500, 0, false);
        long below = IntStream.range(0, 1_000)
                .filter(i -> pValue(profile, method) < 0.05)
                .count();
        assertThat(below).isBetween(method == DriftFinding.Method.KS ? 5L : 30L, 70L);
    }

    private double pValue(FeatureProfile profile, DriftFinding.Method method) {
        int[] counts = new int[BINNING.size()];
        draw(counts, 0, 500, 0, 0);
        return new DriftDetector(DriftPolicy.standard().withMethods(EnumSet.of(method)))
                .add(
                        profile,
                        profile.counts(),
                        IntStream.of(counts).asLongStream().toArray())
                .findings()
                .get(0)
                .pValue();
    }
}
