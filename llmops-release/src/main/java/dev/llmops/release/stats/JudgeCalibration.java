package dev.llmops.release.stats;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * Says how well an automatic judge agrees with people: the calibration of one evaluator, in one version, on one rubric.
 *
 * @param evaluator name and version of the evaluator
 * @param bad answers that people called bad, ≥ 1
 * @param badFound those of them that the judge called bad
 * @param good answers that people called good, ≥ 1
 * @param goodFound those of them that the judge called good
 * @since 0.1.0
 */
public record JudgeCalibration(String evaluator, int bad, int badFound, int good, int goodFound) {

    /** The share of bad and of good answers that a judge must provably recognise to count as proof: {@value}. */
    public static final double CERTIFIED_RATIO = .8;

    private static final double TWO_SIDED_LEVEL = .05;

    /**
     * Checks the counts.
     *
     * @param evaluator name and version of the evaluator
     * @param bad answers that people called bad
     * @param badFound those that the judge called bad
     * @param good answers that people called good
     * @param goodFound those that the judge called good
     * @throws IllegalArgumentException if a count is out of range
     */
    public JudgeCalibration {
        if (bad < 1 || good < 1 || badFound < 0 || badFound > bad || goodFound < 0 || goodFound > good) {
            throw new IllegalArgumentException("counts must satisfy 0 ≤ found ≤ labelled and labelled ≥ 1, but were "
                    + badFound + " of " + bad + " bad and " + goodFound + " of " + good + " good");
        }
    }

    /**
     * Returns the share of bad answers that the judge recognises, with Clopper and Pearson's 95 % interval.
     *
     * @return the interval of the sensitivity
     */
    public Interval sensitivity() {
        return clopperPearson(badFound, bad);
    }

    /**
     * Returns the share of good answers that the judge recognises, with Clopper and Pearson's 95 % interval.
     *
     * @return the interval of the specificity
     */
    public Interval specificity() {
        return clopperPearson(goodFound, good);
    }

    /**
     * Returns true if both lower bounds reach {@value #CERTIFIED_RATIO}, so that scores of this judge may prove a release.
     *
     * @return true for a certified judge
     */
    public boolean isCertified() {
        return sensitivity().lower() >= CERTIFIED_RATIO && specificity().lower() >= CERTIFIED_RATIO;
    }

    private static Interval clopperPearson(int successes, int trials) {
        var interval = BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(trials, successes, TWO_SIDED_LEVEL);
        return new Interval(interval.getLowerBound(), interval.getUpperBound());
    }
}
