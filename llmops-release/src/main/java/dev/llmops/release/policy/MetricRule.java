package dev.llmops.release.policy;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says how one metric is judged.
 *
 * @param line the line to which it belongs
 * @param metric its name, as {@code errors} or {@code time_to_first_token}
 * @param kind what is compared
 * @param pause the limit whose breach pauses the release, and below which it must provably lie; null for none
 * @param rollBack the limit whose breach rolls it back; null for none
 * @param quantileRatio for latencies, the quantile in (0, 1); 0 otherwise
 * @param floor for latencies, the smallest excess that matters; zero otherwise
 * @param minBad how many bad events of the candidate a roll-back takes at least, ≥ 1
 * @param isCardRequired true if scores of judges prove nothing without a calibration card
 * @param isCacheStandardised for cost, true to compare at equal cache hit ratios
 * @since 0.1.0
 */
public record MetricRule(
        GateLine line,
        String metric,
        Kind kind,
        @Nullable Limit pause,
        @Nullable Limit rollBack,
        double quantileRatio,
        Duration floor,
        int minBad,
        boolean isCardRequired,
        boolean isCacheStandardised) {

    /** The quantity that is compared. */
    public enum Kind {
        /** The share of units that are bad. */
        RATE,
        /** A quantile of a latency. */
        QUANTILE,
        /** A mean. */
        MEAN
    }

    /** The severity of a breach. */
    public enum Severity {
        /** The release is paused. */
        PAUSE,
        /** The release is rolled back. */
        ROLL_BACK;

        /**
         * Returns the word for the severity in files and labels.
         *
         * @return a lower-case word
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Returns the limit of a severity.
     *
     * @param severity pause or roll back
     * @return the limit, or null for none
     */
    public @Nullable Limit limit(Severity severity) {
        return severity == Severity.PAUSE ? pause : rollBack;
    }

    /**
     * Returns true if pairs of shadow and seen answers are compared too.
     *
     * @return true for rates of the quality line
     */
    public boolean isPaired() {
        return kind == Kind.RATE && line == GateLine.QUALITY;
    }

    /**
     * Returns the number of statistical tests at the severer side of the rule, among which the level is divided.
     *
     * @return how many tests, ≥ 1
     */
    public int tests() {
        return switch (kind) {
            case RATE -> Math.max(parts(pause), parts(rollBack));
            case QUANTILE -> 1;
            case MEAN -> 2;
        };
    }

    private static int parts(@Nullable Limit limit) {
        return limit == null ? 0 : (limit.pointsRatio() == null ? 0 : 1) + (limit.ratio() == null ? 0 : 1);
    }
}
