package dev.llmops.quality.drift.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Statistics of two samples of raw values, for windows small enough to be kept whole. All methods are pure.
 *
 * @since 0.1.0
 */
public final class SampleStatistics {

    private SampleStatistics() {}

    /**
     * Tests with the two-sided Kolmogorov–Smirnov test that both samples come from one distribution; exact below 10,000
     * values a side, asymptotic above.
     *
     * @param x the first sample; at least two values, without NaN
     * @param y the second sample; at least two values, without NaN
     * @return statistic and p-value
     */
    public static TestResult kolmogorovSmirnov(double[] x, double[] y) {
        return kolmogorovSmirnov(x, y, PValueMethod.AUTO);
    }

    static TestResult kolmogorovSmirnov(double[] x, double[] y, PValueMethod method) {
        var result = KolmogorovSmirnovTest.withDefaults().with(method).test(x, y);
        return new TestResult(result.getStatistic(), result.getPValue());
    }

    /**
     * Tests with the two-sided Mann–Whitney test, corrected for ties and continuity, that neither sample tends to larger
     * values.
     *
     * @param x the first sample; not empty, without NaN
     * @param y the second sample; not empty, without NaN
     * @return the U statistic of the first sample, and the p-value
     */
    public static TestResult mannWhitney(double[] x, double[] y) {
        var result =
                MannWhitneyUTest.withDefaults().with(PValueMethod.ASYMPTOTIC).test(x, y);
        // All values tied: the statistic has no spread, and nothing tells the samples apart.
        return new TestResult(result.getStatistic(), Double.isNaN(result.getPValue()) ? 1 : result.getPValue());
    }

    /**
     * Returns the first Wasserstein distance ∫ |F_x − F_y|, the mean distance by which values must move to turn one sample
     * into the other.
     *
     * @param x the first sample; not empty, finite
     * @param y the second sample; not empty, finite
     * @return the distance, in the unit of the values
     */
    public static double wassersteinDistance(double[] x, double[] y) {
        double[] a = sorted(x);
        double[] b = sorted(y);
        double[] all = new double[a.length + b.length];
        System.arraycopy(a, 0, all, 0, a.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        Arrays.sort(all);
        double distance = 0;
        int inA = 0;
        int inB = 0;
        for (int i = 0; i < all.length - 1; i++) {
            while (inA < a.length && a[inA] <= all[i]) {
                inA++;
            }
            while (inB < b.length && b[inB] <= all[i]) {
                inB++;
            }
            distance += Math.abs((double) inA / a.length - (double) inB / b.length) * (all[i + 1] - all[i]);
        }
        return distance;
    }

    private static double[] sorted(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException(
                    "a sample must not be empty, but has 0 values; compare once there is data");
        }
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }
}
