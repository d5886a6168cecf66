package dev.llmops.quality.drift;

import dev.llmops.quality.drift.statistics.Severity;

/**
 * Comparison of one feature by one method.
 *
 * @param feature the feature's name
 * @param method the statistic
 * @param statistic its value; NaN when there are too few values
 * @param effect how large the difference is: for PSI and Jensen–Shannon the statistic less its mean without drift,
 *     for KS the statistic, for Wasserstein the distance in standard deviations of the reference, for shares the
 *     difference, for MMD the squared discrepancy; never below 0, NaN when there are no values
 * @param pValue the probability of such a statistic without drift, 1 when there are too few values
 * @param adjustedPValue the same, corrected for all tests of the window
 * @param referenceCount the number of reference values
 * @param currentCount the number of current values
 * @param requiredCount the number of values that each side must have
 * @param bins the number of bins that hold anything; 0 for embeddings
 * @param verdict the verdict
 * @param severity the severity of the effect; {@link Severity#LOW} unless the verdict is drift
 * @since 0.1.0
 */
public record DriftFinding(
        String feature,
        DriftMethod method,
        double statistic,
        double effect,
        double pValue,
        double adjustedPValue,
        long referenceCount,
        long currentCount,
        long requiredCount,
        int bins,
        DriftVerdict verdict,
        Severity severity) {}
