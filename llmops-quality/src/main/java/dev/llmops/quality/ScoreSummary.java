package dev.llmops.quality;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Summary of scores: count, mean with its 95 % t interval, and spread. Mergeable.
 *
 * @param count the number of scores
 * @param sum their sum
 * @param sumOfSquares the sum of their squares
 * @param min the smallest, +∞ without scores
 * @param max the largest, −∞ without scores
 * @since 0.1.0
 */
public record ScoreSummary(long count, double sum, double sumOfSquares, double min, double max) {

    /** No scores. */
    public static final ScoreSummary NONE =
            new ScoreSummary(0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    private static final double TWO_SIDED = 0.025;

    /**
     * Adds a score.
     *
     * @param score the score
     * @return the summary with it
     */
    public ScoreSummary plus(double score) {
        return plus(new ScoreSummary(1, score, score * score, score, score));
    }

    /**
     * Merges with the scores of another instance.
     *
     * @param other the other summary
     * @return the summary of both
     */
    public ScoreSummary plus(ScoreSummary other) {
        return new ScoreSummary(
                count + other.count,
                sum + other.sum,
                sumOfSquares + other.sumOfSquares,
                Math.min(min, other.min),
                Math.max(max, other.max));
    }

    /**
     * Returns the mean.
     *
     * @return the mean, or NaN without scores
     */
    public double mean() {
        return count == 0 ? Double.NaN : sum / count;
    }

    /**
     * Returns the sample's standard deviation.
     *
     * @return the deviation, or NaN with fewer than two scores
     */
    public double standardDeviation() {
        return count < 2 ? Double.NaN : Math.sqrt(Math.max(0, (sumOfSquares - sum * sum / count) / (count - 1)));
    }

    /**
     * Returns half the width of the 95 % t interval of the mean.
     *
     * @return the half width, or infinity with fewer than two scores
     */
    public double halfWidth() {
        return count < 2
                ? Double.POSITIVE_INFINITY
                : TDistribution.of(count - 1.0).inverseSurvivalProbability(TWO_SIDED)
                        * standardDeviation()
                        / Math.sqrt((double) count);
    }

    /**
     * Returns true if there are enough scores to act on the mean.
     *
     * @return true from {@value Rate#MIN_TOTAL} scores
     */
    public boolean isSufficient() {
        return count >= Rate.MIN_TOTAL;
    }
}
