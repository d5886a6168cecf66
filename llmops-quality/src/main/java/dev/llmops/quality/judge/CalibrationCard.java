package dev.llmops.quality.judge;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Set;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * Agreement of an evaluator's version with people: of the answers that people found good and bad, how many the judge found
 * good and bad too. Without a card, or with a low bound, judge scores alone may stop a release and never promote one.
 *
 * @param evaluator the evaluator's identity with its version
 * @param rubric the rubric's version
 * @param positives the number of answers that people found good
 * @param truePositives how many of them the judge found good
 * @param negatives the number of answers that people found bad
 * @param trueNegatives how many of them the judge found bad
 * @param date when the labels were compared
 * @param versionSets the ids of the version sets whose answers were labelled
 * @since 0.1.0
 */
public record CalibrationCard(
        String evaluator,
        String rubric,
        int positives,
        int truePositives,
        int negatives,
        int trueNegatives,
        LocalDate date,
        Set<String> versionSets) {

    /** The lower bound that sensitivity and specificity must reach for {@link #isSufficientForProof}. */
    public static final double REQUIRED_BOUND = 0.80;

    /** Two-sided, so that each bound holds with 95 %. */
    private static final double ERROR_RATE = 0.10;

    /**
     * Answer that both a person and the judge labelled.
     *
     * @param good true if the person found it good
     * @param judgedGood true if the judge found it good
     */
    public record Labelled(boolean good, boolean judgedGood) {}

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if a count is negative or exceeds its total
     */
    public CalibrationCard {
        if (truePositives < 0 || truePositives > positives || trueNegatives < 0 || trueNegatives > negatives) {
            throw new IllegalArgumentException("true positives and negatives must be in 0..total, but were "
                    + truePositives + " of " + positives + " and " + trueNegatives + " of " + negatives);
        }
        versionSets = Set.copyOf(versionSets);
    }

    /**
     * Counts labelled answers.
     *
     * @param evaluator the evaluator's identity with its version
     * @param rubric the rubric's version
     * @param labels the labelled answers
     * @param date when they were compared
     * @param versionSets the ids of the version sets that answered
     * @return the card
     */
    public static CalibrationCard of(
            String evaluator, String rubric, Collection<Labelled> labels, LocalDate date, Set<String> versionSets) {
        int positives = (int) labels.stream().filter(Labelled::good).count();
        int truePositives = (int)
                labels.stream().filter(label -> label.good && label.judgedGood).count();
        int trueNegatives = (int) labels.stream()
                .filter(label -> !label.good && !label.judgedGood)
                .count();
        return new CalibrationCard(
                evaluator,
                rubric,
                positives,
                truePositives,
                labels.size() - positives,
                trueNegatives,
                date,
                versionSets);
    }

    /**
     * Returns the share of good answers that the judge finds good.
     *
     * @return the ratio, in 0..1, or NaN without good answers
     */
    public double sensitivity() {
        return positives == 0 ? Double.NaN : (double) truePositives / positives;
    }

    /**
     * Returns the share of bad answers that the judge finds bad.
     *
     * @return the ratio, in 0..1, or NaN without bad answers
     */
    public double specificity() {
        return negatives == 0 ? Double.NaN : (double) trueNegatives / negatives;
    }

    /**
     * Returns the one-sided 95 % lower bound of the sensitivity by Clopper and Pearson (1934).
     *
     * @return the bound; 0 without good answers
     */
    public double sensitivityLowerBound() {
        return lowerBound(truePositives, positives);
    }

    /**
     * Returns the one-sided 95 % lower bound of the specificity by Clopper and Pearson (1934).
     *
     * @return the bound; 0 without bad answers
     */
    public double specificityLowerBound() {
        return lowerBound(trueNegatives, negatives);
    }

    private static double lowerBound(int count, int total) {
        return total == 0
                ? 0
                : BinomialConfidenceInterval.CLOPPER_PEARSON
                        .fromErrorRate(total, count, ERROR_RATE)
                        .getLowerBound();
    }

    /**
     * Returns true if the judge agrees with people well enough to prove that a version is not worse.
     *
     * @return true if both lower bounds reach {@value #REQUIRED_BOUND}
     */
    public boolean isSufficientForProof() {
        return sensitivityLowerBound() >= REQUIRED_BOUND && specificityLowerBound() >= REQUIRED_BOUND;
    }
}
