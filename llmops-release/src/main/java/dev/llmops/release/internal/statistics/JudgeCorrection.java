package dev.llmops.release.internal.statistics;

/** Corrects the share of bad answers that an automatic judge reports by what people said about some of the answers. */
public final class JudgeCorrection {

    private JudgeCorrection() {}

    /**
     * Counts answers that a judge called good or bad, some of which people labelled too. Sufficient for every correction.
     *
     * @param labelled answers that both people and the judge judged
     * @param labelledBad those of them that people called bad
     * @param labelledFlagged those of them that the judge called bad
     * @param labelledBoth those of them that both called bad
     * @param others answers that the judge alone judged
     * @param othersFlagged those of them that it called bad
     */
    public record Counts(
            long labelled, long labelledBad, long labelledFlagged, long labelledBoth, long others, long othersFlagged) {

        /**
         * Adds counts of other answers.
         *
         * @param more their counts
         * @return the counts of both
         */
        public Counts plus(Counts more) {
            return new Counts(
                    labelled + more.labelled,
                    labelledBad + more.labelledBad,
                    labelledFlagged + more.labelledFlagged,
                    labelledBoth + more.labelledBoth,
                    others + more.others,
                    othersFlagged + more.othersFlagged);
        }

        /**
         * Returns all answers that the judge judged.
         *
         * @return labelled ones and others
         */
        public long judged() {
            return labelled + others;
        }

        /**
         * Returns the share that the judge calls bad.
         *
         * @return a ratio in [0, 1], NaN without answers
         */
        public double flaggedRatio() {
            return judged() == 0 ? Double.NaN : (double) (labelledFlagged + othersFlagged) / judged();
        }
    }

    /**
     * Returns the prediction-powered estimate of the share of bad answers.
     *
     * <p>PPI++ of Angelopoulos, Duchi and Zrnic (2023): θ̂ = Ȳ + λ(F̄ − f̄) with λ = Cov(Y, f) ÷ ((1 + n/N)·Var f), cut to
     * [0, 1], the covariance over the n labelled answers and the variance over all n + N predictions, both with n − 1;
     * its variance is Var(Y − λf)/n + λ²·Var(F)/N. Under 200 labels, or 15 bad ones among them, its interval is too narrow.
     *
     * @param counts at least two labelled answers and two others
     * @return the moments of the estimate over all judged answers, so that its squared standard error is variance ÷ n
     * @throws IllegalArgumentException if there are fewer
     */
    public static Moments predictionPowered(Counts counts) {
        long n = counts.labelled();
        long others = counts.others();
        if (n < 2 || others < 2) {
            throw new IllegalArgumentException("answers are too few (" + n + " labelled, " + others
                    + " others) — 2 of each are needed — take the judge's share as it is");
        }
        double labels = (double) counts.labelledBad() / n;
        double predicted = (double) counts.labelledFlagged() / n;
        double elsewhere = (double) counts.othersFlagged() / others;
        double covariance = (counts.labelledBoth() - n * labels * predicted) / (n - 1);
        double spread = (1 + (double) n / others)
                * Moments.ofBinary(counts.labelledFlagged() + counts.othersFlagged(), n + others)
                        .variance();
        double lambda = spread == 0 ? 0 : Math.min(1, Math.max(0, covariance / spread));
        double rest = Moments.ofBinary(counts.labelledBad(), n).variance()
                - 2 * lambda * covariance
                + lambda
                        * lambda
                        * Moments.ofBinary(counts.labelledFlagged(), n).variance();
        double squaredError = Math.max(0, rest) / n
                + lambda
                        * lambda
                        * Moments.ofBinary(counts.othersFlagged(), others).variance()
                        / others;
        return new Moments(counts.judged(), labels + lambda * (elsewhere - predicted), squaredError * counts.judged());
    }

    /**
     * Returns the true share behind an apparent one.
     *
     * <p>Rogan and Gladen (1978): (a + sp − 1) ÷ (se + sp − 1), cut to [0, 1].
     *
     * @param apparentRatio a, the share of answers that the judge calls positive
     * @param sensitivityRatio se, the share of positive answers that it recognises
     * @param specificityRatio sp, the share of negative answers that it recognises
     * @return the true share
     * @throws IllegalArgumentException if se + sp ≤ 1: such a judge knows nothing
     */
    public static double roganGladen(double apparentRatio, double sensitivityRatio, double specificityRatio) {
        double information = sensitivityRatio + specificityRatio - 1;
        if (!(information > 0)) {
            throw new IllegalArgumentException("sensitivity and specificity are too low (" + sensitivityRatio + " and "
                    + specificityRatio + ") — their sum must be over 1 — calibrate another judge");
        }
        return Math.min(1, Math.max(0, (apparentRatio + specificityRatio - 1) / information));
    }
}
