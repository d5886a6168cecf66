package dev.llmops.release;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.internal.LatencyHistogram;
import dev.llmops.release.internal.Series;
import dev.llmops.release.internal.statistics.EventSplit;
import dev.llmops.release.internal.statistics.JudgeCorrection;
import dev.llmops.release.internal.statistics.MeanDifference;
import dev.llmops.release.internal.statistics.Moments;
import dev.llmops.release.internal.statistics.PairedShadow;
import dev.llmops.release.policy.GatePolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Evidence stage by stage, candidate against the arm of the same stage with which it is compared. */
final class ArmSplits {

    private final List<Exposure> exposures;
    private final double[] shares;
    /** By series, the candidate's and the reference's sums of each stage in turn; null for none. */
    private final Map<String, MetricSums[]> bySeries = new HashMap<>();
    /** By series of pairs, those of which only the shadow's answer is bad, and those of which only the baseline's is. */
    private final Map<String, long[]> pairs = new HashMap<>();

    /** By latency and arm, over all stages. */
    private final Map<String, Map<Arm, LatencyHistogram>> histograms = new HashMap<>();

    private static final MetricSums[] NOTHING = {};

    ArmSplits(GatePolicy policy, Map<GateEvidence.Key, MetricSums> sums) {
        this.exposures = policy.stages().stream()
                .map(policy::exposure)
                .filter(exposure -> exposure.candidateRatio() > 0 && exposure.ratioOf(exposure.reference()) > 0)
                .toList();
        this.shares = exposures.stream()
                .mapToDouble(exposure -> exposure.candidateRatio()
                        / (exposure.candidateRatio() + exposure.ratioOf(exposure.reference())))
                .toArray();
        sums.forEach(this::keep);
    }

    private void keep(GateEvidence.Key key, MetricSums sums) {
        if (Series.isPairs(key.series()) && key.arm() != Arm.CANDIDATE) {
            pairs.computeIfAbsent(key.series(), series -> new long[2])[key.arm() == Arm.SHADOW ? 0 : 1] += sums.bad();
        }
        if (Series.isBucket(key.series())) {
            String prefix = key.series().substring(0, key.series().lastIndexOf('/') + 1);
            histograms
                    .computeIfAbsent(prefix, metric -> new EnumMap<>(Arm.class))
                    .computeIfAbsent(key.arm(), arm -> new LatencyHistogram())
                    .add(key.series(), sums.n());
            return;
        }
        for (int stage = 0; stage < exposures.size(); stage++) {
            Exposure exposure = exposures.get(stage);
            boolean isCandidate = key.arm() == Arm.CANDIDATE;
            if (exposure.stage().equals(key.stage()) && (isCandidate || key.arm() == exposure.reference())) {
                MetricSums[] ofSeries =
                        bySeries.computeIfAbsent(key.series(), series -> new MetricSums[2 * exposures.size()]);
                ofSeries[2 * stage + (isCandidate ? 0 : 1)] = sums;
            }
        }
    }

    /** The latencies of an arm over all stages. */
    LatencyHistogram histogram(String metric, Arm arm) {
        return histograms.getOrDefault(Series.bucketPrefix(metric), Map.of()).getOrDefault(arm, new LatencyHistogram());
    }

    /** The evidence of shadow pairs; minus infinity where there is none. */
    double pairEvidence(String metric) {
        long[] counts = pairs.get(Series.pairs(metric));
        return counts == null || counts[0] + counts[1] == 0
                ? Double.NEGATIVE_INFINITY
                : PairedShadow.logEvidenceOfExcess(counts[0], counts[1]);
    }

    private MetricSums sums(String series, int stage, boolean candidate) {
        MetricSums[] ofSeries = bySeries.getOrDefault(series, NOTHING);
        MetricSums sums = ofSeries.length == 0 ? null : ofSeries[2 * stage + (candidate ? 0 : 1)];
        return sums == null ? MetricSums.NONE : sums;
    }

    List<EventSplit> events(String series) {
        List<EventSplit> splits = new ArrayList<>(shares.length);
        for (int stage = 0; stage < shares.length; stage++) {
            splits.add(new EventSplit(
                    shares[stage],
                    sums(series, stage, true).bad(),
                    sums(series, stage, false).bad()));
        }
        return splits;
    }

    List<MeanDifference.Stage> rates(String series) {
        return stages(series, sums -> Moments.ofRate(sums.bad(), sums.n()));
    }

    List<MeanDifference.Stage> values(String series) {
        return stages(series, sums -> new Moments(sums.n(), sums.mean(), sums.variance()));
    }

    private List<MeanDifference.Stage> stages(String series, Function<MetricSums, Moments> moments) {
        List<MeanDifference.Stage> stages = new ArrayList<>(shares.length);
        for (int stage = 0; stage < shares.length; stage++) {
            stages.add(new MeanDifference.Stage(
                    moments.apply(sums(series, stage, true)), moments.apply(sums(series, stage, false))));
        }
        return stages;
    }

    /** The answers that a judge judged, of the candidate and of its reference in each stage. */
    List<JudgedRates.Stage> judged(String metric, String evaluator) {
        List<JudgedRates.Stage> stages = new ArrayList<>(shares.length);
        for (int stage = 0; stage < shares.length; stage++) {
            stages.add(new JudgedRates.Stage(
                    judged(metric, evaluator, stage, true), judged(metric, evaluator, stage, false)));
        }
        return stages;
    }

    private JudgeCorrection.Counts judged(String metric, String evaluator, int stage, boolean candidate) {
        MetricSums good = sums(Series.judged(metric, evaluator, Series.Label.GOOD), stage, candidate);
        MetricSums bad = sums(Series.judged(metric, evaluator, Series.Label.BAD), stage, candidate);
        MetricSums others = sums(Series.judged(metric, evaluator, Series.Label.NONE), stage, candidate);
        return new JudgeCorrection.Counts(
                good.n() + bad.n(), bad.n(), good.bad() + bad.bad(), bad.bad(), others.n(), others.bad());
    }

    MetricSums candidate(String series) {
        return total(series, true);
    }

    MetricSums reference(String series) {
        return total(series, false);
    }

    private MetricSums total(String series, boolean candidate) {
        MetricSums total = MetricSums.NONE;
        for (int stage = 0; stage < shares.length; stage++) {
            total = total.plus(sums(series, stage, candidate));
        }
        return total;
    }

    /** The arm with which the candidate is compared in most stages; for display only. */
    Arm referenceArm() {
        return exposures.isEmpty() ? Arm.BASELINE : exposures.get(0).reference();
    }
}
