package dev.llmops.core.statistics;

/**
 * Adds up the evidence that events befall one group of calls more often, or less often, than its share of the traffic
 * explains: a test of the ratio θ of two rates, valid at every look and while the share moves.
 *
 * <p>Under independent random assignment an event falls into the group with probability q(θ) = θp ÷ (θp + 1 − p), where p
 * is the group's share of the traffic at that event (Bayes' rule), for any rates, also for rates that change with time.
 * Against H₀: θ ≤ r the mean over a grid θⱼ &gt; r of the likelihood ratios Π q(θⱼ) ÷ q(r) is a supermartingale, hence an
 * e-process: P(ever e ≥ 1/α) ≤ α (Ville 1939; Ramdas et al., "Game-theoretic statistics and safe anytime-valid inference",
 * 2023). The likelihood depends on the events alone, so counts per period of constant share are sufficient, in any order.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1.0
 */
public final class OddsGrid {

    private static final double[] RISES = {1.25, 1.5, 2, 3, 4, 8, 16};
    private static final double[] FALLS = {.9, .8, .7, .6, .5, .4, .3, .2, .1};
    private static final double[] LOG_RISES = logs(RISES);
    private static final double[] LOG_FALLS = logs(FALLS);

    private final double ratio;
    private final double[] multiples;
    private final double[] logMultiples;
    private final double[] logLikelihoods;
    private final double[] slopes;

    /**
     * Evidence, and how it changes with the ratio that is tested.
     *
     * @param log ln e
     * @param slope d ln e ÷ d ln r, ≤ 0 for a test of excess and ≥ 0 for one of shortfall
     */
    public record Evidence(double log, double slope) {}

    private OddsGrid(double ratio, double[] multiples, double[] logMultiples) {
        if (!(ratio > 0)) {
            throw new IllegalArgumentException(
                    "ratio is out of range (" + ratio + ") — it must be over 0 — pass 1 to test for equal rates");
        }
        this.ratio = ratio;
        this.multiples = multiples;
        this.logMultiples = logMultiples;
        this.logLikelihoods = new double[multiples.length];
        this.slopes = new double[multiples.length];
    }

    /**
     * Returns a test of H₀: θ ≤ r, which the grid r·{1.25, 1.5, 2, 3, 4, 8, 16} rejects when the group's rate is higher.
     *
     * @param ratio r &gt; 0
     * @return a test without events
     */
    public static OddsGrid ofExcess(double ratio) {
        return new OddsGrid(ratio, RISES, LOG_RISES);
    }

    /**
     * Returns a test of H₀: θ ≥ r, which the grid r·{0.9, 0.8 … 0.1} rejects when the group's rate is lower.
     *
     * @param ratio r &gt; 0
     * @return a test without events
     */
    public static OddsGrid ofShortfall(double ratio) {
        return new OddsGrid(ratio, FALLS, LOG_FALLS);
    }

    /**
     * Returns a test over a grid of one's own.
     *
     * @param ratio r &gt; 0
     * @param multiples the grid as multiples of r, at least one: all over 1 to test H₀: θ ≤ r, all in (0, 1) for θ ≥ r
     * @return a test without events
     */
    public static OddsGrid of(double ratio, double... multiples) {
        double[] grid = multiples.clone();
        return new OddsGrid(ratio, grid, logs(grid));
    }

    private static double[] logs(double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logs[i] = Math.log(values[i]);
        }
        return logs;
    }

    /**
     * Adds events that happened while the group's share stood still.
     *
     * @param shareRatio p, the group's share of the traffic, in (0, 1)
     * @param inGroup events in the group, ≥ 0
     * @param outside events outside it, ≥ 0
     * @return this test
     * @throws IllegalArgumentException if the share is not in (0, 1)
     */
    public OddsGrid add(double shareRatio, long inGroup, long outside) {
        if (!(shareRatio > 0 && shareRatio < 1)) {
            throw new IllegalArgumentException("shareRatio is out of range (" + shareRatio
                    + ") — it must lie in (0, 1) — leave out periods in which one side had no traffic");
        }
        long events = inGroup + outside;
        if (events == 0) {
            return this;
        }
        // q(mr) ÷ q(r) = m·c and (1 − q(mr)) ÷ (1 − q(r)) = c, with c = (rp + 1 − p) ÷ (mrp + 1 − p).
        // log and not log1p, which is ten times as slow and no better than the sums that follow.
        double whole = 1 + (ratio - 1) * shareRatio;
        double limit = Math.log(whole);
        double part = ratio * shareRatio;
        for (int j = 0; j < multiples.length; j++) {
            double multipleWhole = 1 + (ratio * multiples[j] - 1) * shareRatio;
            double common = limit - Math.log(multipleWhole);
            logLikelihoods[j] += inGroup * logMultiples[j] + events * common;
            slopes[j] += events * (part / whole - multiples[j] * part / multipleWhole);
        }
        return this;
    }

    /**
     * Returns the natural logarithm of e.
     *
     * @return ln e; 0 without events
     */
    public double logEvidence() {
        return evidence().log();
    }

    /**
     * Returns the evidence with its slope, which leads to the ratio at which the test stops to reject in a few steps. Each term of
     * the mean over the grid changes with ln r by Σ q(r) − q(mr), weighted by what it adds to the mean.
     *
     * @return ln e and its derivative; 0 and 0 without events
     */
    public Evidence evidence() {
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logLikelihoods) {
            largest = Math.max(largest, log);
        }
        double sum = 0;
        double weightedSlopes = 0;
        for (int j = 0; j < slopes.length; j++) {
            double weight = Math.exp(logLikelihoods[j] - largest);
            sum += weight;
            weightedSlopes += weight * slopes[j];
        }
        return new Evidence(largest + Math.log(sum / slopes.length), weightedSlopes / sum);
    }

    /**
     * Returns the probability that an event falls into the group.
     *
     * @param ratio θ, the ratio of the rates, &gt; 0
     * @param shareRatio p, the group's share, in (0, 1)
     * @return q(θ) = θp ÷ (θp + 1 − p)
     */
    public static double probability(double ratio, double shareRatio) {
        return ratio * shareRatio / (ratio * shareRatio + 1 - shareRatio);
    }
}
