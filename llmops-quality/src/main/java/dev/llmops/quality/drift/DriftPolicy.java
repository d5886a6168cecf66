package dev.llmops.quality.drift;

import dev.llmops.quality.drift.statistics.BinnedStatistics;
import dev.llmops.quality.drift.statistics.Correction;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Rule by which a difference counts as drift. Immutable.
 *
 * @param methods the statistics that are tested; PSI, KS, MMD and the shares of missing and new values by default. More
 *     tests cost power, since all of a window are corrected together
 * @param alpha the level of the corrected tests of one window, in (0, 1); 0.01 by default
 * @param correction the correction for the number of tests; Holm by default
 * @param minEffect the smallest effect of PSI, KS, Jensen–Shannon and Wasserstein that matters, in (0, 1); 0.1 by
 *     default. Twice as much is of high severity
 * @param minShareEffect the smallest change of the share of missing or new values that matters; 0.05 by default
 * @param minDiscrepancy the smallest squared discrepancy of embeddings that matters; 0.01 by default
 * @param floorPerBin how many values per bin each side must have; {@value #DEFAULT_FLOOR_PER_BIN} by default
 * @param consecutiveWindows after how many windows with drift in a row an alert is raised; 2 by default. Drift of high
 *     severity raises it at once
 * @since 0.1.0
 */
public record DriftPolicy(
        Set<DriftFinding.Method> methods,
        double alpha,
        Correction correction,
        double minEffect,
        double minShareEffect,
        double minDiscrepancy,
        int floorPerBin,
        int consecutiveWindows) {

    /** Values per bin that each side must have by default: with ten, one window in a hundred raises an alarm. */
    public static final int DEFAULT_FLOOR_PER_BIN = 50;

    private static final DriftPolicy STANDARD = new DriftPolicy(
            EnumSet.complementOf(EnumSet.of(DriftFinding.Method.JENSEN_SHANNON, DriftFinding.Method.WASSERSTEIN)),
            0.01,
            Correction.HOLM,
            0.1,
            0.05,
            0.01,
            DEFAULT_FLOOR_PER_BIN,
            2);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public DriftPolicy {
        methods = Set.copyOf(methods);
        requireShare("alpha", alpha);
        requireShare("minEffect", minEffect);
        requireShare("minShareEffect", minShareEffect);
        requireShare("minDiscrepancy", minDiscrepancy);
        requirePositive("floorPerBin", floorPerBin);
        requirePositive("consecutiveWindows", consecutiveWindows);
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    name + " is out of range (" + value + ") — over 0 and under 1 — pass 0.01 for 1 %");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is too small (" + value + ") — at least 1 — raise it");
        }
    }

    /**
     * Returns the policy with all defaults.
     *
     * @return the policy
     */
    public static DriftPolicy standard() {
        return STANDARD;
    }

    /**
     * Returns a copy with another level.
     *
     * @param level the level, in (0, 1)
     * @return the copy
     */
    public DriftPolicy withAlpha(double level) {
        return new DriftPolicy(
                methods, level, correction, minEffect, minShareEffect, minDiscrepancy, floorPerBin, consecutiveWindows);
    }

    /**
     * Returns a copy that tests other statistics.
     *
     * @param tested the statistics
     * @return the copy
     */
    public DriftPolicy withMethods(Set<DriftFinding.Method> tested) {
        return new DriftPolicy(
                tested, alpha, correction, minEffect, minShareEffect, minDiscrepancy, floorPerBin, consecutiveWindows);
    }

    /**
     * Returns a copy with another correction.
     *
     * @param method the correction
     * @return the copy
     */
    public DriftPolicy withCorrection(Correction method) {
        return new DriftPolicy(
                methods, alpha, method, minEffect, minShareEffect, minDiscrepancy, floorPerBin, consecutiveWindows);
    }

    /**
     * Returns an upper bound of the alerts per 30 days while nothing drifts, for numeric features compared by PSI and KS in
     * windows of equal counts.
     *
     * <p>A window has drift with probability a ≤ min(alpha, Σ P(effect ≥ minEffect)), and drift of high severity with
     * h ≤ min(alpha, Σ P(effect ≥ 2·minEffect)); with k consecutive windows W windows raise at most W·(aᵏ + h) alerts. Of
     * a reference that is not much larger than a window, whose errors all windows share, the bound with k = 1 holds.
     *
     * @param features the number of features
     * @param bins the number of bins of each
     * @param referenceCount the number of reference values in each comparison
     * @param currentCount the number of values in each window
     * @param window the length of a window
     * @return the expected number of alerts; 0 if the counts are under the floor, as every verdict is then open
     */
    public double expectedFalseAlarmsPerMonth(
            int features, int bins, long referenceCount, long currentCount, Duration window) {
        if (Math.min(referenceCount, currentCount) < (long) floorPerBin * bins) {
            return 0;
        }
        double windows = (double) Duration.ofDays(30).toMillis() / window.toMillis();
        double any = chanceOf(minEffect, features, bins, referenceCount, currentCount);
        double high = chanceOf(2 * minEffect, features, bins, referenceCount, currentCount);
        return windows * (Math.pow(any, consecutiveWindows) + high);
    }

    private double chanceOf(double effect, int features, int bins, long n, long m) {
        double weight = 1.0 / n + 1.0 / m;
        double psi = ChiSquaredDistribution.of(bins - 1.0).survivalProbability(effect / weight + bins - 1);
        double ks = BinnedStatistics.ksPValue(effect, n, m);
        return Math.min(alpha, features * (psi + ks));
    }
}
