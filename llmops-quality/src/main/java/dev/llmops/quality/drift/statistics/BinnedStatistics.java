package dev.llmops.quality.drift.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.GTest;

/**
 * Statistics of two histograms over the same bins.
 *
 * <p>Throughout, the reference has counts r of sum n, the current data counts c of sum m over B bins, p and q are their
 * shares, and w = 1/n + 1/m. All methods are pure; they throw {@link IllegalArgumentException} if the histograms differ
 * in length or one of them is empty.
 *
 * @since 0.1.0
 */
public final class BinnedStatistics {

    /** The share that stands for an empty bin in {@link #psiZeroFilled}. */
    public static final double ZERO_FILL = 1e-4;

    private static final int MAX_TERMS = 100;
    private static final int BRIDGES = 20_000;

    private BinnedStatistics() {}

    /**
     * Returns the population stability index Σ (q − p)·ln(q / p) of shares smoothed by half a count,
     * p = (r + ½) / (n + B/2). Without drift, PSI / w follows the χ² distribution with B − 1 degrees of freedom.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @return the index, ≥ 0
     */
    public static double psi(long[] reference, long[] current) {
        double n = total(reference, current);
        double m = total(current, reference);
        double half = reference.length / 2.0;
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            sum += psiTerm((reference[i] + 0.5) / (n + half), (current[i] + 0.5) / (m + half));
        }
        return sum;
    }

    /**
     * Returns the population stability index with {@value #ZERO_FILL} in place of a share of zero, not renormalised: the
     * form of {@link CompatibilityMode}.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @return the index, ≥ 0
     */
    public static double psiZeroFilled(long[] reference, long[] current) {
        double n = total(reference, current);
        double m = total(current, reference);
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            sum += psiTerm(filled(reference[i] / n), filled(current[i] / m));
        }
        return sum;
    }

    private static double filled(double share) {
        return share == 0 ? ZERO_FILL : share;
    }

    private static double psiTerm(double p, double q) {
        return (q - p) * Math.log(q / p);
    }

    /**
     * Returns the mean of {@link #psi} without drift, (B − 1)·w.
     *
     * @param bins the number of bins, B
     * @param n the reference's count
     * @param m the current data's count
     * @return the mean
     */
    public static double psiNullMean(int bins, long n, long m) {
        return (bins - 1) * weight(n, m);
    }

    /**
     * Returns the value that {@link #psi} exceeds with probability alpha without drift, w·χ²₁₋α(B − 1).
     *
     * @param bins the number of bins, at least 2
     * @param n the reference's count
     * @param m the current data's count
     * @param alpha the probability, in (0, 1)
     * @return the critical value
     */
    public static double psiCriticalValue(int bins, long n, long m, double alpha) {
        return weight(n, m) * ChiSquaredDistribution.of(bins - 1.0).inverseSurvivalProbability(alpha);
    }

    /**
     * Returns the probability of a {@link #psi} at least this large without drift, P(χ²(B − 1) &gt; PSI / w).
     *
     * @param psi the index
     * @param bins the number of bins; with fewer than 2 the result is 1
     * @param n the reference's count
     * @param m the current data's count
     * @return the p-value
     */
    public static double psiPValue(double psi, int bins, long n, long m) {
        return bins < 2 ? 1 : ChiSquaredDistribution.of(bins - 1.0).survivalProbability(psi / weight(n, m));
    }

    private static double weight(long n, long m) {
        return 1.0 / n + 1.0 / m;
    }

    /**
     * Returns the Jensen–Shannon distance √(½ Σ p·log₂(p/a) + ½ Σ q·log₂(q/a)) with a = (p + q)/2.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @return the distance, in 0..1
     */
    public static double jensenShannonDistance(long[] reference, long[] current) {
        double n = total(reference, current);
        double m = total(current, reference);
        double divergence = 0;
        for (int i = 0; i < reference.length; i++) {
            double p = reference[i] / n;
            double q = current[i] / m;
            double middle = (p + q) / 2;
            divergence += relativeEntropy(p, middle) + relativeEntropy(q, middle);
        }
        return Math.sqrt(Math.max(divergence, 0) / 2 / Math.log(2));
    }

    private static double relativeEntropy(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }

    /**
     * Returns the probability of a Jensen–Shannon distance at least this large without drift, P(χ²(B − 1) &gt; 8·J / w),
     * where J is the divergence in nats: to second order J is an eighth of the population stability index.
     *
     * @param distance the distance, in 0..1
     * @param bins the number of bins; with fewer than 2 the result is 1
     * @param n the reference's count
     * @param m the current data's count
     * @return the p-value
     */
    public static double jensenShannonPValue(double distance, int bins, long n, long m) {
        return psiPValue(8 * distance * distance * Math.log(2), bins, n, m);
    }

    /**
     * Returns the Hellinger distance √(Σ (√p − √q)²) / √2.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @return the distance, in 0..1
     */
    public static double hellingerDistance(long[] reference, long[] current) {
        double n = total(reference, current);
        double m = total(current, reference);
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            double difference = Math.sqrt(reference[i] / n) - Math.sqrt(current[i] / m);
            sum += difference * difference;
        }
        return Math.sqrt(sum / 2);
    }

    /**
     * Returns the largest difference between two shares, max |p − q|.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @return the difference, in 0..1
     */
    public static double largestShareDifference(long[] reference, long[] current) {
        double n = total(reference, current);
        double m = total(current, reference);
        return IntStream.range(0, reference.length)
                .mapToDouble(i -> Math.abs(reference[i] / n - current[i] / m))
                .max()
                .orElse(0);
    }

    /**
     * Returns the Kolmogorov–Smirnov statistic at the edges of the bins, max |Fᵣ − F꜀|: a lower bound of that of the raw
     * values.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @return the statistic, in 0..1
     */
    public static double ksStatistic(long[] reference, long[] current) {
        double n = total(reference, current);
        double m = total(current, reference);
        double largest = 0;
        long below = 0;
        long currentBelow = 0;
        for (int i = 0; i < reference.length; i++) {
            below += reference[i];
            currentBelow += current[i];
            largest = Math.max(largest, Math.abs(below / n - currentBelow / m));
        }
        return largest;
    }

    /**
     * Returns the probability of a Kolmogorov–Smirnov statistic at least this large without drift, by Kolmogorov's limit
     * Q(√(nm/(n+m))·D), Q(x) = 2 Σ (−1)ᵏ⁻¹·exp(−2k²x²). With few bins it is too large, never too small.
     *
     * @param statistic the statistic, D
     * @param n the reference's count
     * @param m the current data's count
     * @return the p-value
     */
    public static double ksPValue(double statistic, long n, long m) {
        double x = statistic / Math.sqrt(weight(n, m));
        return x < 1 ? 1 - kolmogorovBelow(x) : kolmogorovAbove(x);
    }

    private static double kolmogorovAbove(double x) {
        double sum = 0;
        for (int k = 1; k <= MAX_TERMS; k++) {
            double term = Math.exp(-2.0 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
            if (term == 0) {
                break;
            }
        }
        return Math.min(1, 2 * sum);
    }

    /** The same function's complement in the form that converges for small x. */
    private static double kolmogorovBelow(double x) {
        if (x <= 0) {
            return 0;
        }
        double sum = 0;
        for (int k = 1; k <= MAX_TERMS; k += 2) {
            sum += Math.exp(-k * k * Math.PI * Math.PI / (8 * x * x));
        }
        return Math.sqrt(2 * Math.PI) / x * sum;
    }

    /**
     * Returns the first Wasserstein distance Σ |Fᵣ − F꜀|·Δ, where Δ is the distance between neighbouring bin centres.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @param centres one representative value per bin, ascending
     * @return the distance, in the unit of the centres
     */
    public static double wassersteinDistance(long[] reference, long[] current, double[] centres) {
        double n = total(reference, current);
        double m = total(current, reference);
        double sum = 0;
        long below = 0;
        long currentBelow = 0;
        for (int i = 0; i < reference.length - 1; i++) {
            below += reference[i];
            currentBelow += current[i];
            sum += Math.abs(below / n - currentBelow / m) * (centres[i + 1] - centres[i]);
        }
        return sum;
    }

    /**
     * Returns the probability of a Wasserstein distance at least this large without drift. The difference of the cumulated
     * shares then is a Brownian bridge at the pooled shares times √w; {@value #BRIDGES} of them are drawn with a fixed seed.
     *
     * @param distance the distance
     * @param reference counts of the reference
     * @param current counts of the current data
     * @param centres one representative value per bin, ascending
     * @return the p-value, at least 1 / ({@value #BRIDGES} + 1)
     */
    public static double wassersteinPValue(double distance, long[] reference, long[] current, double[] centres) {
        double n = total(reference, current);
        double m = total(current, reference);
        double[] cumulated = new double[reference.length];
        double below = 0;
        for (int i = 0; i < reference.length; i++) {
            below += reference[i] + current[i];
            cumulated[i] = below / (n + m);
        }
        double limit = distance / Math.sqrt(1 / n + 1 / m);
        SplittableRandom random = new SplittableRandom(BRIDGES);
        long atLeast = IntStream.range(0, BRIDGES)
                .filter(i -> bridgeArea(cumulated, centres, random) >= limit)
                .count();
        return (atLeast + 1.0) / (BRIDGES + 1);
    }

    /** The area between zero and a Brownian bridge that is known at the cumulated shares. */
    private static double bridgeArea(double[] cumulated, double[] centres, SplittableRandom random) {
        double[] walk = new double[cumulated.length];
        double at = 0;
        double time = 0;
        for (int i = 0; i < walk.length; i++) {
            at += Math.sqrt(Math.max(0, cumulated[i] - time)) * random.nextGaussian();
            time = cumulated[i];
            walk[i] = at;
        }
        double area = 0;
        for (int i = 0; i < walk.length - 1; i++) {
            area += Math.abs(walk[i] - cumulated[i] * at) * (centres[i + 1] - centres[i]);
        }
        return area;
    }

    /**
     * Tests with Pearson's χ² that both histograms come from one distribution. Bins that are empty on both sides are left
     * out; there is no continuity correction.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @return statistic and p-value; 0 and 1 with fewer than two bins that hold anything
     */
    public static TestResult chiSquare(long[] reference, long[] current) {
        long[][] table = withoutEmptyBins(reference, current);
        if (table[0].length < 2) {
            return new TestResult(0, 1);
        }
        var result = ChiSquareTest.withDefaults().test(table);
        return new TestResult(result.getStatistic(), result.getPValue());
    }

    /**
     * Tests with the G statistic that both histograms come from one distribution. Bins that are empty on both sides are
     * left out.
     *
     * @param reference counts of the reference
     * @param current counts of the current data
     * @return statistic and p-value; 0 and 1 with fewer than two bins that hold anything
     */
    public static TestResult gTest(long[] reference, long[] current) {
        long[][] table = withoutEmptyBins(reference, current);
        if (table[0].length < 2) {
            return new TestResult(0, 1);
        }
        var result = GTest.withDefaults().test(table);
        return new TestResult(result.getStatistic(), result.getPValue());
    }

    /** The two histograms without the bins in which neither has anything. */
    static long[][] withoutEmptyBins(long[] reference, long[] current) {
        int[] kept = IntStream.range(0, reference.length)
                .filter(i -> reference[i] + current[i] > 0)
                .toArray();
        return new long[][] {
            Arrays.stream(kept).mapToLong(i -> reference[i]).toArray(),
            Arrays.stream(kept).mapToLong(i -> current[i]).toArray()
        };
    }

    private static double total(long[] counts, long[] others) {
        if (counts.length != others.length) {
            throw new IllegalArgumentException("histograms must have equal numbers of bins, but have " + counts.length
                    + " and " + others.length + "; count both with the edges of one profile");
        }
        long total = Arrays.stream(counts).sum();
        if (total == 0) {
            throw new IllegalArgumentException(
                    "a histogram must not be empty, but its counts are all 0; compare once there is data on both sides");
        }
        return total;
    }
}
