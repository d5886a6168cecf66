package dev.llmops.release;

import dev.llmops.release.policy.GateLine;
import dev.llmops.release.stats.Interval;

/**
 * Explains the verdict on one metric.
 *
 * @param line the line to which it belongs
 * @param metric its name
 * @param value the candidate's rate, mean, or quantile in milliseconds; NaN without data
 * @param control the same of the arm it is compared with
 * @param ratio value ÷ control; NaN where it has none
 * @param interval the ratios that are not excluded, at every look at once; for quantiles the 95 % bootstrap interval of
 *     this look, which decides nothing
 * @param n units of the candidate that were counted
 * @param bad bad units of the candidate
 * @param e the strongest evidence against the candidate, as an e-value, finite; 0 for tests without one
 * @param limit the e-value at which a test decides
 * @param verdict the verdict
 * @param reason why, in a sentence
 * @since 0.1.0
 */
public record LineResult(
        GateLine line,
        String metric,
        double value,
        double control,
        double ratio,
        Interval interval,
        long n,
        long bad,
        double e,
        double limit,
        Verdict verdict,
        String reason) {

    /**
     * Returns the e-value as people read it, the same in sentences and on pages.
     *
     * @return three significant digits: {@code 8.4} or {@code 118000}, and below a thousandth or from a million on
     *     {@code 1.93e-22} or {@code 2.5e31}
     */
    public String shownE() {
        return Shown.evidence(e);
    }

    /** The verdict on one metric, the most severe first. */
    public enum Verdict {
        /** Provably over the limit at which a release is rolled back. */
        ROLL_BACK,
        /** Provably over the limit at which it is paused. */
        PAUSE,
        /** Neither breach nor pass is proved. */
        UNDECIDED,
        /** Nothing was counted; never a pass. */
        NO_DATA,
        /** Provably under the limit. */
        PASS
    }
}
