package dev.llmops.release.stats;

/**
 * Gives confidence sequences for the mean of bounded scores, exact at any sample size.
 *
 * <p>Hedged capital of Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (JRSS B, 2024):
 * for each candidate mean m, one gambler bets that the mean is higher and one that it is lower, with the predictable
 * plug-in stakes λₜ = √(2 ln(2/α) ÷ (σ̂²ₜ₋₁ · t · ln(1 + t))), cut at half of what m allows; the means at which neither half
 * of the capital has grown to 1/α make up the set. Depends on the order of the scores, so it takes a sample and no sums.
 *
 * @since 0.1.0
 */
public final class BettingSequence {

    private static final int GRID = 1_000;
    private static final double TRUNCATION = .5;

    private BettingSequence() {}

    /**
     * Returns the interval after the last score.
     *
     * @param scores values in [0, 1], in the order in which they came
     * @param alpha two-sided level, in (0, 1)
     * @return the interval, on a grid of 1/1,000, rounded outwards
     * @throws IllegalArgumentException if a score is outside [0, 1]
     */
    public static Interval interval(double[] scores, double alpha) {
        double[] stakes = stakes(scores, alpha);
        double limit = Math.log(2 / alpha);
        int lower = 0;
        while (lower < GRID && rejects(scores, stakes, (double) lower / GRID, limit)) {
            lower++;
        }
        int upper = GRID;
        while (upper > 0 && rejects(scores, stakes, (double) upper / GRID, limit)) {
            upper--;
        }
        return new Interval(Math.max(0, lower - 1) / (double) GRID, Math.min(GRID, upper + 1) / (double) GRID);
    }

    private static boolean rejects(double[] scores, double[] stakes, double mean, double limit) {
        double higher = 0;
        double lower = 0;
        for (int i = 0; i < scores.length; i++) {
            double bet = scores[i] - mean;
            higher += Math.log1p(Math.min(stakes[i], TRUNCATION / mean) * bet);
            lower += Math.log1p(-Math.min(stakes[i], TRUNCATION / (1 - mean)) * bet);
        }
        return Math.max(higher, lower) >= limit;
    }

    private static double[] stakes(double[] scores, double alpha) {
        double[] stakes = new double[scores.length];
        double sum = .5;
        double squares = .25;
        for (int i = 0; i < scores.length; i++) {
            if (!(scores[i] >= 0 && scores[i] <= 1)) {
                throw new IllegalArgumentException("a score is out of range (" + scores[i]
                        + ") — scores must lie in [0, 1] — divide them by their range");
            }
            int t = i + 1;
            stakes[i] = Math.sqrt(2 * Math.log(2 / alpha) / (squares / t * t * Math.log1p(t)));
            sum += scores[i];
            double mean = sum / (t + 1);
            squares += (scores[i] - mean) * (scores[i] - mean);
        }
        return stakes;
    }
}
