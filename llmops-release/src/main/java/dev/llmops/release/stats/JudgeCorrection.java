package dev.llmops.release.stats;

/**
 * Corrects what an automatic judge says by what people said about the same answers.
 *
 * @since 0.1.0
 */
public final class JudgeCorrection {

    private JudgeCorrection() {}

    /**
     * Holds an estimate and its standard error.
     *
     * @param value the estimate
     * @param standardError its standard error
     */
    public record Estimate(double value, double standardError) {}

    /**
     * Returns the prediction-powered estimate of a mean.
     *
     * <p>PPI++ of Angelopoulos, Duchi and Zrnic (2023): θ̂ = Ȳ + λ(F̄ − f̄) with λ = Cov(Y, f) ÷ ((1 + n/N)·Var f), cut to
     * [0, 1], the covariance over the n labelled answers and the variance over all n + N predictions, both with n − 1;
     * its variance is Var(Y − λf)/n + λ²·Var(F)/N. Under 200 labels, or 15 failures among them, its interval is too
     * narrow; use the exact interval of the labels alone.
     *
     * @param labels Y, what people said of the labelled answers
     * @param labelledPredictions f, what the judge said of the same answers
     * @param predictions F, what the judge said of the other answers
     * @return the estimate
     * @throws IllegalArgumentException if the first two differ in length or a sample has fewer than two values
     */
    public static Estimate predictionPowered(double[] labels, double[] labelledPredictions, double[] predictions) {
        int n = labels.length;
        int others = predictions.length;
        if (labelledPredictions.length != n || n < 2 || others < 2) {
            throw new IllegalArgumentException(
                    "labels and their predictions must be equally many, and each sample at least 2," + " but were " + n
                            + ", " + labelledPredictions.length + " and " + others);
        }
        double[] all = new double[n + others];
        System.arraycopy(labelledPredictions, 0, all, 0, n);
        System.arraycopy(predictions, 0, all, n, others);
        double spread = (1 + (double) n / others) * covariance(all, all);
        double lambda = spread == 0 ? 0 : Math.min(1, Math.max(0, covariance(labels, labelledPredictions) / spread));
        double[] rest = new double[n];
        for (int i = 0; i < n; i++) {
            rest[i] = labels[i] - lambda * labelledPredictions[i];
        }
        double value = mean(labels) + lambda * (mean(predictions) - mean(labelledPredictions));
        double variance = covariance(rest, rest) / n + lambda * lambda * covariance(predictions, predictions) / others;
        return new Estimate(value, Math.sqrt(variance));
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
            throw new IllegalArgumentException("sensitivity + specificity must be over 1, but were " + sensitivityRatio
                    + " and " + specificityRatio + "; calibrate another judge");
        }
        return Math.min(1, Math.max(0, (apparentRatio + specificityRatio - 1) / information));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double covariance(double[] x, double[] y) {
        double meanX = mean(x);
        double meanY = mean(y);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - meanX) * (y[i] - meanY);
        }
        return sum / (x.length - 1);
    }
}
