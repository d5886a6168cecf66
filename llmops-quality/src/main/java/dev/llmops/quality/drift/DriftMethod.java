package dev.llmops.quality.drift;

import java.util.Locale;

/**
 * Statistic by which a feature is compared.
 *
 * @since 0.1.0
 */
public enum DriftMethod {
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
