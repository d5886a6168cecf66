package dev.llmops.release.compare;

import dev.llmops.release.stats.Interval;
import java.util.Arrays;
import java.util.Locale;

/**
 * Compares a candidate's sample with a baseline's once, by ranks, as the judge of Spinnaker's Kayenta classifies: the
 * candidate is higher when the interval of its shift lies over a share of the shift itself, and the effect over its limit.
 *
 * <p>For offline runs of equal size. The level holds for one look; a release under way is judged by {@link
 * dev.llmops.release.ReleaseGate}. Immutable.
 *
 * @since 0.1.0
 */
public final class SampleComparison {

    private final Builder settings;

    private SampleComparison(Builder settings) {
        this.settings = settings;
    }

    /** The side on which a difference counts. */
    public enum Direction {
        /** A candidate that is higher. */
        HIGHER,
        /** A candidate that is lower. */
        LOWER,
        /** Both. */
        EITHER
    }

    /** The size of an effect. */
    public enum Effect {
        /** The candidate's mean ÷ the baseline's; 1 is none, NaN that the baseline's mean is 0. */
        MEAN_RATIO(1),
        /** The probability that a value of the candidate is over one of the baseline, ties counted half; ½ is none. */
        PROBABILITY_OF_HIGHER(.5);

        private final double none;

        Effect(double none) {
            this.none = none;
        }

        private double of(double[] candidate, double[] baseline) {
            if (this == MEAN_RATIO) {
                double mean = Arrays.stream(candidate).average().orElse(Double.NaN);
                double other = Arrays.stream(baseline).average().orElse(Double.NaN);
                return mean == other ? 1 : other == 0 ? Double.NaN : mean / other;
            }
            double higher = 0;
            for (double one : candidate) {
                for (double other : baseline) {
                    higher += one > other ? 1 : one == other ? .5 : 0;
                }
            }
            return higher / candidate.length / baseline.length;
        }
    }

    /** The treatment of a value that is not a number, and of a sample that has none. */
    public enum Missing {
        /** The value is left out; an empty sample is {@link Classification#NO_DATA}. */
        REMOVE,
        /** The value is 0; an empty sample passes. */
        ZERO
    }

    /** The place of the candidate. */
    public enum Classification {
        /** Neither higher nor lower on the side that counts. */
        PASS,
        /** Higher. */
        HIGH,
        /** Lower. */
        LOW,
        /** A sample is empty. */
        NO_DATA
    }

    /**
     * Holds what a comparison found.
     *
     * @param classification where the candidate lies
     * @param isCritical true if the effect is over the critical limit
     * @param isConclusive true if samples of these sizes could have shown a difference at all: the smallest exact p-value,
     *     2 ÷ C(n + m, n), is at most 1 − confidence
     * @param shift the estimated shift of the candidate; 0 for equal samples, NaN without data
     * @param interval the interval of the shift
     * @param effect the size of the effect; 1 where nothing was computed
     * @param candidateCount values of the candidate
     * @param baselineCount values of the baseline
     */
    public record Result(
            Classification classification,
            boolean isCritical,
            boolean isConclusive,
            double shift,
            Interval interval,
            double effect,
            int candidateCount,
            int baselineCount) {

        /**
         * Returns the result in one line.
         *
         * @return a sentence for people
         */
        public String explain() {
            return String.format(
                    Locale.ROOT,
                    "%s%s%s: shift %.4g [%.4g, %.4g], effect %.4g, n %d and %d",
                    classification,
                    isCritical ? ", critical" : "",
                    isConclusive ? "" : ", inconclusive because there are too few values",
                    shift,
                    interval.lower(),
                    interval.upper(),
                    effect,
                    candidateCount,
                    baselineCount);
        }
    }

    /**
     * Begins a comparison.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Compares two samples.
     *
     * @param candidate the candidate's values
     * @param baseline the baseline's values
     * @return what was found
     */
    public Result compare(double[] candidate, double[] baseline) {
        double[] x = cleaned(candidate);
        double[] y = cleaned(baseline);
        if (x.length == 0 || y.length == 0) {
            Classification none = settings.missing == Missing.ZERO ? Classification.PASS : Classification.NO_DATA;
            Interval unknown = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return new Result(none, false, false, Double.NaN, unknown, 1, x.length, y.length);
        }
        boolean isConclusive = smallestPValue(x.length, y.length) <= 1 - settings.confidence;
        if (isConstant(x, y) || Arrays.equals(sorted(x), sorted(y))) {
            Interval none = new Interval(0, 0);
            return new Result(Classification.PASS, false, isConclusive, 0, none, 1, x.length, y.length);
        }
        LocationShift shift = LocationShift.of(x, y, settings.confidence);
        double effect = settings.effect.of(x, y);
        double tolerance = settings.toleranceRatio * Math.abs(shift.estimate());
        boolean isHigh =
                settings.direction != Direction.LOWER && shift.interval().lower() > tolerance;
        boolean isLow =
                settings.direction != Direction.HIGHER && shift.interval().upper() < -tolerance;
        boolean isShifted = isHigh || isLow;
        boolean isCritical = isShifted
                && settings.isCritical
                && isBeyond(effect, isHigh, settings.criticalFall, settings.criticalRise);
        boolean counts = isCritical || (isShifted && isBeyond(effect, isHigh, settings.fall, settings.rise));
        Classification classification =
                !counts ? Classification.PASS : isHigh ? Classification.HIGH : Classification.LOW;
        return new Result(
                classification,
                isCritical,
                isConclusive,
                shift.estimate(),
                shift.interval(),
                effect,
                x.length,
                y.length);
    }

    /** The smallest p-value that the exact two-sided test can reach, 2 ÷ C(n + m, n). */
    static double smallestPValue(int n, int m) {
        double p = 2;
        for (int i = 1; i <= n && p > 0; i++) {
            p *= (double) i / (m + i);
        }
        return Math.min(1, p);
    }

    /** An effect that is no number holds nothing back. */
    private boolean isBeyond(double effect, boolean isHigh, double fall, double rise) {
        return isHigh ? !(effect < orNone(rise)) : !(effect > orNone(fall));
    }

    private double orNone(double limit) {
        return Double.isNaN(limit) ? settings.effect.none : limit;
    }

    private double[] cleaned(double[] values) {
        return settings.missing == Missing.REMOVE
                ? Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray()
                : Arrays.stream(values)
                        .map(value -> Double.isNaN(value) ? 0 : value)
                        .toArray();
    }

    private static boolean isConstant(double[] x, double[] y) {
        return Arrays.stream(x).allMatch(value -> value == x[0])
                && Arrays.stream(y).allMatch(value -> value == x[0]);
    }

    private static double[] sorted(double[] values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }

    /** Settings of a comparison. */
    public static final class Builder {

        private Direction direction = Direction.EITHER;
        private double toleranceRatio = .25;
        private double confidence = .98;
        private Effect effect = Effect.MEAN_RATIO;
        private double fall = Double.NaN;
        private double rise = Double.NaN;
        private boolean isCritical;
        private double criticalFall = Double.NaN;
        private double criticalRise = Double.NaN;
        private Missing missing = Missing.REMOVE;

        private Builder() {}

        private Builder(Builder other) {
            direction = other.direction;
            toleranceRatio = other.toleranceRatio;
            confidence = other.confidence;
            effect = other.effect;
            fall = other.fall;
            rise = other.rise;
            isCritical = other.isCritical;
            criticalFall = other.criticalFall;
            criticalRise = other.criticalRise;
            missing = other.missing;
        }

        /**
         * Sets the side on which a difference counts; both by default.
         *
         * @param side the side
         * @return this builder
         */
        public Builder direction(Direction side) {
            direction = side;
            return this;
        }

        /**
         * Sets how far from 0 the interval must lie, as a share of the estimated shift; ¼ by default.
         *
         * @param ratio of the shift, ≥ 0
         * @return this builder
         */
        public Builder toleranceRatio(double ratio) {
            if (!(ratio >= 0)) {
                throw new IllegalArgumentException("toleranceRatio is out of range (" + ratio
                        + ") — 0 or more, as a share of the shift — pass 0.25 unless there is a reason");
            }
            toleranceRatio = ratio;
            return this;
        }

        /**
         * Sets the confidence of the interval; 0.98 by default.
         *
         * @param ratio the confidence, in (0, 1)
         * @return this builder
         */
        public Builder confidence(double ratio) {
            if (!(ratio > 0 && ratio < 1)) {
                throw new IllegalArgumentException("confidence is out of range (" + ratio
                        + ") — over 0 and under 1 — pass 0.98 unless there is a reason");
            }
            confidence = ratio;
            return this;
        }

        /**
         * Sets how the effect is measured, and between which limits it is too small to count; the ratio of means without
         * limits by default.
         *
         * @param measure the measure
         * @param lower the value down to which a fall does not count
         * @param upper the value up to which a rise does not count
         * @return this builder
         */
        public Builder effect(Effect measure, double lower, double upper) {
            effect = measure;
            fall = lower;
            rise = upper;
            return this;
        }

        /**
         * Makes a difference critical from an effect on; none is by default.
         *
         * @param lower the effect from which on a fall is critical
         * @param upper the effect from which on a rise is critical
         * @return this builder
         */
        public Builder critical(double lower, double upper) {
            isCritical = true;
            criticalFall = lower;
            criticalRise = upper;
            return this;
        }

        /**
         * Sets what is made of missing values; they are left out by default.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder missing(Missing rule) {
            missing = rule;
            return this;
        }

        /**
         * Builds the comparison.
         *
         * @return an immutable comparison
         */
        public SampleComparison build() {
            return new SampleComparison(new Builder(this));
        }
    }
}
