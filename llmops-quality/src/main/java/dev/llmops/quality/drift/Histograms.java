package dev.llmops.quality.drift;

import dev.llmops.quality.drift.statistics.BinnedStatistics;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The known values of a feature on both sides, over the bins that hold any.
 *
 * @param numeric true if the bins are ordered
 * @param reference counts of the reference
 * @param current counts of the current data
 * @param centres a value per bin; empty for categories
 */
@SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
record Histograms(boolean numeric, long[] reference, long[] current, double[] centres) {

    static Histograms of(Binning binning, long[] reference, long[] current) {
        int[] used = IntStream.range(0, binning.missingBin())
                .filter(bin -> reference[bin] + current[bin] > 0)
                .toArray();
        double[] centres = binning instanceof NumericBins numeric ? numeric.centres() : new double[0];
        return new Histograms(
                binning instanceof NumericBins,
                Arrays.stream(used).mapToLong(bin -> reference[bin]).toArray(),
                Arrays.stream(used).mapToLong(bin -> current[bin]).toArray(),
                centres.length == 0
                        ? centres
                        : Arrays.stream(used).mapToDouble(bin -> centres[bin]).toArray());
    }

    int bins() {
        return reference.length;
    }

    long n() {
        return Arrays.stream(reference).sum();
    }

    long m() {
        return Arrays.stream(current).sum();
    }

    boolean has(DriftFinding.Method method) {
        return switch (method) {
            case PSI, JENSEN_SHANNON -> true;
            case KS, WASSERSTEIN -> numeric;
            default -> false;
        };
    }

    double statistic(DriftFinding.Method method) {
        return switch (method) {
            case PSI -> BinnedStatistics.psi(reference, current);
            case KS -> BinnedStatistics.ksStatistic(reference, current);
            case JENSEN_SHANNON -> BinnedStatistics.jensenShannonDistance(reference, current);
            case WASSERSTEIN -> BinnedStatistics.wassersteinDistance(reference, current, centres);
            default -> throw noHistogram(method);
        };
    }

    double pValue(DriftFinding.Method method, double statistic) {
        return switch (method) {
            case PSI -> BinnedStatistics.psiPValue(statistic, bins(), n(), m());
            case KS -> BinnedStatistics.ksPValue(statistic, n(), m());
            case JENSEN_SHANNON -> BinnedStatistics.jensenShannonPValue(statistic, bins(), n(), m());
            case WASSERSTEIN -> BinnedStatistics.wassersteinPValue(statistic, reference, current, centres);
            default -> throw noHistogram(method);
        };
    }

    /** The statistic without what chance alone gives it, on a scale that does not depend on the feature's unit. */
    double effect(DriftFinding.Method method, double statistic) {
        double nullMean = BinnedStatistics.psiNullMean(bins(), n(), m());
        return switch (method) {
            case PSI -> Math.max(0, statistic - nullMean);
            case KS -> statistic;
            case JENSEN_SHANNON -> Math.sqrt(Math.max(0, statistic * statistic - nullMean / 8 / Math.log(2)));
            case WASSERSTEIN -> statistic == 0 ? 0 : statistic / deviation();
            default -> throw noHistogram(method);
        };
    }

    private double deviation() {
        double mean = IntStream.range(0, bins())
                        .mapToDouble(i -> centres[i] * reference[i])
                        .sum()
                / n();
        double variance = IntStream.range(0, bins())
                        .mapToDouble(i -> (centres[i] - mean) * (centres[i] - mean) * reference[i])
                        .sum()
                / n();
        return Math.sqrt(variance);
    }

    private static IllegalArgumentException noHistogram(DriftFinding.Method method) {
        return new IllegalArgumentException("method must compare histograms, but was " + method);
    }
}
