package dev.llmops.quality.drift;

import dev.llmops.quality.drift.statistics.BinnedStatistics;
import dev.llmops.quality.drift.statistics.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares counts with their profiles: all tests of a window first, then the correction, then the verdicts. */
final class DriftDetector {

    private final DriftPolicy policy;
    private final List<Comparison> comparisons = new ArrayList<>();

    /** A test that has been made, or that lacks data. */
    private record Comparison(
            String feature,
            DriftFinding.Method method,
            double statistic,
            double effect,
            double minEffect,
            double pValue,
            long n,
            long m,
            long required,
            int bins) {

        boolean isOpen() {
            return n < required || m < required;
        }
    }

    DriftDetector(DriftPolicy policy) {
        this.policy = policy;
    }

    /** Adds the tests of a feature. */
    DriftDetector add(FeatureProfile profile, long[] reference, long[] current) {
        int missing = profile.binning().missingBin();
        Histograms known = Histograms.of(profile.binning(), reference, current);
        for (DriftFinding.Method method : DriftFinding.Method.values()) {
            if (known.has(method) && policy.methods().contains(method)) {
                addHistograms(profile.name(), method, known);
            }
        }
        addShare(profile.name(), DriftFinding.Method.MISSING_SHARE, reference, current, missing);
        if (profile.binning() instanceof CategoryBins categories) {
            addShare(profile.name(), DriftFinding.Method.NEW_SHARE, reference, current, categories.newBin());
        }
        return this;
    }

    private void addHistograms(String feature, DriftFinding.Method method, Histograms known) {
        boolean empty = known.n() == 0 || known.m() == 0;
        double statistic = empty ? Double.NaN : known.statistic(method);
        comparisons.add(new Comparison(
                feature,
                method,
                statistic,
                empty ? Double.NaN : known.effect(method, statistic),
                policy.minEffect(),
                empty ? 1 : known.pValue(method, statistic),
                known.n(),
                known.m(),
                required(known.bins()),
                known.bins()));
    }

    /** Tests one bin against all others; a bin that is empty on both sides is no test. */
    private void addShare(String feature, DriftFinding.Method method, long[] reference, long[] current, int bin) {
        long n = Arrays.stream(reference).sum();
        long m = Arrays.stream(current).sum();
        if (!policy.methods().contains(method) || reference[bin] + current[bin] == 0 || n == 0 || m == 0) {
            return;
        }
        double difference = (double) current[bin] / m - (double) reference[bin] / n;
        double p = BinnedStatistics.chiSquare(
                        new long[] {reference[bin], n - reference[bin]}, new long[] {current[bin], m - current[bin]})
                .pValue();
        comparisons.add(new Comparison(
                feature, method, difference, Math.abs(difference), policy.minShareEffect(), p, n, m, required(2), 2));
    }

    /** Adds the test of an embedding. */
    DriftDetector add(EmbeddingProfile profile, EmbeddingSums current) {
        if (!policy.methods().contains(DriftFinding.Method.MMD)) {
            return this;
        }
        long n = profile.sums().count();
        long m = current.count();
        boolean open = n < EmbeddingProfile.MIN_COUNT || m < EmbeddingProfile.MIN_COUNT;
        double discrepancy = open ? Double.NaN : profile.sums().squaredDiscrepancy(current);
        comparisons.add(new Comparison(
                profile.name(),
                DriftFinding.Method.MMD,
                discrepancy,
                Math.max(0, discrepancy),
                policy.minDiscrepancy(),
                open ? 1 : profile.pValue(discrepancy, m),
                n,
                m,
                EmbeddingProfile.MIN_COUNT,
                0));
        return this;
    }

    private long required(int bins) {
        return (long) policy.floorPerBin() * bins;
    }

    /** Corrects the tests that have data for each other, and judges all. */
    List<DriftFinding> findings() {
        List<Comparison> decided =
                comparisons.stream().filter(test -> !test.isOpen()).toList();
        double[] adjusted = policy.correction()
                .adjust(decided.stream().mapToDouble(Comparison::pValue).toArray());
        List<DriftFinding> findings = new ArrayList<>();
        for (Comparison test : comparisons) {
            int index = decided.indexOf(test);
            findings.add(index < 0 ? open(test) : judged(test, adjusted[index]));
        }
        return List.copyOf(findings);
    }

    private DriftFinding judged(Comparison test, double adjusted) {
        boolean drift = adjusted < policy.alpha() && test.effect >= test.minEffect;
        Severity severity = drift ? Severity.of(Severity.MEDIUM_FROM * test.effect / test.minEffect) : Severity.LOW;
        return finding(test, adjusted, drift ? DriftFinding.Verdict.DRIFT : DriftFinding.Verdict.NO_DRIFT, severity);
    }

    private static DriftFinding open(Comparison test) {
        return finding(test, test.pValue, DriftFinding.Verdict.INSUFFICIENT_DATA, Severity.LOW);
    }

    private static DriftFinding finding(
            Comparison test, double adjusted, DriftFinding.Verdict verdict, Severity severity) {
        return new DriftFinding(
                test.feature,
                test.method,
                test.statistic,
                test.effect,
                test.pValue,
                adjusted,
                test.n,
                test.m,
                test.required,
                test.bins,
                verdict,
                severity);
    }
}
