package dev.llmops.release.internal.statistics;

/**
 * Turns a quantile line into counts: a candidate's value counts when it exceeds ρτ, a reference's when it exceeds τ, where
 * τ is a quantile of the reference that was fixed before the release. With the counts, {@link RateRatio} at the ratio 1
 * tests H₀ "the candidate scaled down by ρ exceeds τ no more often than the reference does now". Both arms run at the same
 * time, so a stale τ costs power and never validity.
 */
public final class ScaledExceedance {

    private ScaledExceedance() {}

    /**
     * Returns the value above which a candidate's value counts.
     *
     * @param threshold τ, the fixed quantile of the reference, &gt; 0
     * @param ratio ρ ≥ 1, how much more the candidate may have
     * @param floor the smallest absolute excess that matters, ≥ 0, in the unit of τ
     * @return max(ρτ, τ + floor), so that neither 20 → 24 ms nor 2 → 2.05 s is a breach where the other rule forgives it
     */
    public static double candidateThreshold(double threshold, double ratio, double floor) {
        return Math.max(ratio * threshold, threshold + floor);
    }
}
