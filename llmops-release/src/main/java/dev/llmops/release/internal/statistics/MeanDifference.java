package dev.llmops.release.internal.statistics;

import dev.llmops.release.stats.Interval;
import java.util.List;

/**
 * Estimates by how much a candidate's mean exceeds a multiple of the reference's: D = c̄ − ρ·b̄, stage by stage, because
 * pooling stages of different shares confounds time with arm. Stages are combined by inverse variance; the width is that
 * of {@link AsymptoticSequence} over all samples.
 */
public final class MeanDifference {

    private final long n;
    private final double difference;
    private final double variance;

    private MeanDifference(long n, double difference, double variance) {
        this.n = n;
        this.difference = difference;
        this.variance = variance;
    }

    /**
     * Holds the two samples of a stage.
     *
     * @param candidate the candidate's sample
     * @param reference the sample of the arm it is compared with
     */
    public record Stage(Moments candidate, Moments reference) {}

    /**
     * Combines stages; those with fewer than {@value AsymptoticSequence#MIN_SAMPLE} values in either arm are left out.
     *
     * @param stages the samples by stage
     * @param ratio ρ, by which the reference's mean is multiplied, &gt; 0
     * @return the estimate, which is empty when no stage is large enough
     */
    public static MeanDifference of(List<Stage> stages, double ratio) {
        long n = 0;
        double weighted = 0;
        double weights = 0;
        for (Stage stage : stages) {
            Moments candidate = stage.candidate();
            Moments reference = stage.reference();
            if (Math.min(candidate.n(), reference.n()) < AsymptoticSequence.MIN_SAMPLE) {
                continue;
            }
            double variance = smoothed(candidate) / candidate.n() + ratio * ratio * smoothed(reference) / reference.n();
            weighted += (candidate.mean() - ratio * reference.mean()) / variance;
            weights += 1 / variance;
            n += candidate.n() + reference.n();
        }
        return n == 0
                ? new MeanDifference(0, Double.NaN, Double.NaN)
                : new MeanDifference(n, weighted / weights, 1 / weights);
    }

    /** A sample without spread says little about the spread; one more value a standard unit away keeps it honest. */
    private static double smoothed(Moments sample) {
        double unit = Math.max(Math.abs(sample.mean()), 1e-12);
        return sample.variance() + unit * unit / ((double) sample.n() * sample.n());
    }

    /**
     * Returns true if no stage was large enough.
     *
     * @return true without an estimate
     */
    public boolean isEmpty() {
        return n == 0;
    }

    /**
     * Returns the estimate D.
     *
     * @return the difference, or NaN when empty
     */
    public double estimate() {
        return difference;
    }

    /**
     * Returns the interval that holds D at every look at once.
     *
     * @param alpha level of each side, in (0, ½)
     * @return the interval, or the whole line when empty
     */
    public Interval interval(double alpha) {
        if (isEmpty()) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double sigma = Math.sqrt(variance * n);
        double half =
                AsymptoticSequence.halfWidth((double) n, sigma, 2 * alpha, AsymptoticSequence.DEFAULT_TIGHTEST_AT);
        return new Interval(difference - half, difference + half);
    }
}
