package dev.llmops.release.policy;

import org.jspecify.annotations.Nullable;

/**
 * Says how much worse than the reference a metric may be; a breach of either part is a breach.
 *
 * @param pointsRatio the largest rise of the rate, as a ratio: 3 points are 0.03; null for none
 * @param ratio the largest ratio of the rates, quantiles or means, &gt; 1; null for none
 * @since 0.1.0
 */
public record Limit(@Nullable Double pointsRatio, @Nullable Double ratio) {

    boolean isTighterThan(Limit other) {
        return isTighter(pointsRatio, other.pointsRatio) && isTighter(ratio, other.ratio);
    }

    private static boolean isTighter(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null || one <= other;
    }
}
