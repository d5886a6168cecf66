package dev.llmops.quality.drift;

import dev.llmops.quality.drift.statistics.Severity;
import java.util.Locale;

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
        Method method,
        double statistic,
        double effect,
        double pValue,
        double adjustedPValue,
        long referenceCount,
        long currentCount,
        long requiredCount,
        int bins,
        Verdict verdict,
        Severity severity) {

    /** Statistic by which a feature is compared. */
    public enum Method {
        /** Population stability index with its χ² test: the better test for a change of shape. */
        PSI,
        /** Kolmogorov–Smirnov: the better test for a shift of a numeric feature. */
        KS,
        /** Jensen–Shannon distance with its χ² test. */
        JENSEN_SHANNON,
        /** First Wasserstein distance of a numeric feature, with a simulated test. */
        WASSERSTEIN,
        /** Maximum mean discrepancy of embeddings by random features. */
        MMD,
        /** Share of missing values. */
        MISSING_SHARE,
        /** Share of values that the reference never had. */
        NEW_SHARE;

        /**
         * Returns the word for it in logs and labels.
         *
         * @return a lower-case word
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Result of a comparison. Too little data is never reported as no drift. */
    public enum Verdict {
        /** The difference is significant and large enough to matter. */
        DRIFT,
        /** The difference is small, or chance explains it. */
        NO_DRIFT,
        /** There are too few values to tell. */
        INSUFFICIENT_DATA
    }
}
