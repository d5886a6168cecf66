package dev.llmops.release.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks a value by criteria in the form of Keptn's quality gates: within a set all must hold, and of several sets one is
 * enough. Unlike there, a criterion that needs a baseline is unknown without one, and never passes. Immutable.
 *
 * @since 0.1.0
 */
public final class Criteria {

    private final List<List<String>> sets;

    private Criteria(List<List<String>> sets) {
        this.sets = sets;
    }

    /** The ways to make one value of a sample. */
    public enum Aggregate {
        /** The mean. */
        AVG(Double.NaN),
        /** The median. */
        P50(.5),
        /** The value under which 90 % lie. */
        P90(.9),
        /** The value under which 95 % lie. */
        P95(.95);

        private final double quantileRatio;

        Aggregate(double quantileRatio) {
            this.quantileRatio = quantileRatio;
        }

        /**
         * Aggregates a sample; quantiles lie at p·(n + 1), between the neighbouring values.
         *
         * @param values the sample
         * @return the value, NaN of an empty sample
         */
        public double of(double... values) {
            if (this == AVG || values.length == 0) {
                return Arrays.stream(values).average().orElse(Double.NaN);
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double place = Math.max(1, Math.min(sorted.length, quantileRatio * (sorted.length + 1)));
            int lower = (int) place;
            double upper = sorted[Math.min(lower, sorted.length - 1)];
            return sorted[lower - 1] + (place - lower) * (upper - sorted[lower - 1]);
        }
    }

    /** The end of a check. */
    public enum Outcome {
        /** The criterion holds. */
        MET,
        /** The criterion does not hold. */
        VIOLATED,
        /** A value to compare is missing. */
        UNKNOWN
    }

    /**
     * Holds what became of one criterion.
     *
     * @param criterion the text
     * @param value what was compared with; NaN without a baseline
     * @param outcome how it ended
     */
    public record Target(String criterion, double value, Outcome outcome) {}

    /**
     * Holds what became of all criteria.
     *
     * @param outcome how the check ended
     * @param targets each criterion, in order
     */
    public record Result(Outcome outcome, List<Target> targets) {}

    /**
     * Returns criteria of which one set must hold.
     *
     * @param sets the sets, none empty, such as {@code [["<=+10%", "<600"]]}
     * @return the criteria
     * @throws IllegalArgumentException if a criterion cannot be read
     */
    public static Criteria anyOf(List<List<String>> sets) {
        if (sets.isEmpty() || sets.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "a set of criteria is empty (" + sets + ") — at least one in each set — leave out the empty set");
        }
        sets.forEach(set -> set.forEach(Criterion::parse));
        return new Criteria(sets.stream().map(List::copyOf).toList());
    }

    /**
     * Checks a value.
     *
     * @param measured the value; NaN if there is none
     * @param baseline what relative criteria compare with; NaN if there is none
     * @return what was found
     */
    public Result check(double measured, double baseline) {
        List<Target> targets = new ArrayList<>();
        boolean isMet = false;
        boolean isUnknown = false;
        for (List<String> set : sets) {
            List<Outcome> outcomes = new ArrayList<>();
            for (String text : set) {
                Target target = target(text, measured, baseline);
                targets.add(target);
                outcomes.add(target.outcome());
            }
            boolean isViolated = outcomes.contains(Outcome.VIOLATED);
            isMet |= !isViolated && !outcomes.contains(Outcome.UNKNOWN);
            isUnknown |= !isViolated;
        }
        return new Result(isMet ? Outcome.MET : isUnknown ? Outcome.UNKNOWN : Outcome.VIOLATED, List.copyOf(targets));
    }

    private static Target target(String text, double measured, double baseline) {
        Criterion criterion = Criterion.parse(text);
        if (criterion.isRelative() && !Double.isFinite(baseline)) {
            return new Target(text, Double.NaN, Outcome.UNKNOWN);
        }
        BigDecimal target = criterion.target(baseline);
        if (!Double.isFinite(measured)) {
            return new Target(text, target.doubleValue(), Outcome.UNKNOWN);
        }
        Outcome outcome = criterion.holds(measured, target) ? Outcome.MET : Outcome.VIOLATED;
        return new Target(text, target.doubleValue(), outcome);
    }
}
