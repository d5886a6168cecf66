package dev.llmops.release.compare;

import dev.llmops.release.stats.Interval;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Says by how much the values of one sample lie over those of another: the median of all differences xᵢ − yⱼ (Hodges and
 * Lehmann, "Estimates of location based on rank tests", 1963), with the interval of the shifts that the Mann–Whitney test
 * does not reject, in its normal form with the corrections for ties and continuity, as {@code wilcox.test(x, y, conf.int =
 * TRUE, exact = FALSE)} of R.
 *
 * <p>U(d), the number of differences over d, falls by steps at the differences themselves, so the ends of the interval are
 * order statistics of the nm differences: the k-th from either side, k = ⌈nm/2 − ½ − z·σ⌉, at least 1, with σ² = nm/12 ·
 * (n + m + 1 − Σ(t³ − t) ÷ ((n + m)(n + m − 1))) and t the sizes of the ties within each sample.
 *
 * @param estimate the shift
 * @param interval the interval of the shift
 */
record LocationShift(double estimate, Interval interval) {

    /**
     * Estimates the shift of x against y.
     *
     * @param x one sample; not empty, finite
     * @param y the other sample; not empty, finite
     * @param confidence of the interval, in (0, 1)
     * @return the shift
     */
    static LocationShift of(double[] x, double[] y, double confidence) {
        SampleDifferences differences = new SampleDifferences(x, y);
        long pairs = (long) x.length * y.length;
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
        long rank = (long) Math.max(1, Math.ceil(pairs / 2.0 - .5 - z * differences.deviation()));
        return new LocationShift(
                (differences.difference((pairs + 1) / 2) + differences.difference(pairs / 2 + 1)) / 2,
                new Interval(differences.difference(rank), differences.difference(pairs + 1 - rank)));
    }
}
