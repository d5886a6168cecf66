package dev.llmops.release;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.stats.EventSplit;
import dev.llmops.release.stats.MeanDifference;
import dev.llmops.release.stats.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Evidence stage by stage, candidate against the arm of the same stage with which it is compared. */
final class ArmSplits {

    private final GateEvidence evidence;
    private final List<Exposure> exposures;

    ArmSplits(GatePolicy policy, GateEvidence evidence) {
        this.evidence = evidence;
        this.exposures = policy.stages().stream()
                .map(policy::exposure)
                .filter(exposure -> exposure.candidateRatio() > 0 && exposure.ratioOf(exposure.reference()) > 0)
                .toList();
    }

    List<EventSplit> events(String series) {
        List<EventSplit> splits = new ArrayList<>();
        for (Exposure exposure : exposures) {
            double candidate = exposure.candidateRatio();
            double share = candidate / (candidate + exposure.ratioOf(exposure.reference()));
            splits.add(new EventSplit(
                    share,
                    evidence.sums(exposure.stage(), series, Arm.CANDIDATE).bad(),
                    evidence.sums(exposure.stage(), series, exposure.reference())
                            .bad()));
        }
        return splits;
    }

    List<MeanDifference.Stage> rates(String series) {
        return stages(series, sums -> Moments.ofBinary(sums.bad(), sums.n()));
    }

    List<MeanDifference.Stage> values(String series) {
        return stages(series, MetricSums::moments);
    }

    private List<MeanDifference.Stage> stages(String series, Function<MetricSums, Moments> moments) {
        List<MeanDifference.Stage> stages = new ArrayList<>();
        for (Exposure exposure : exposures) {
            stages.add(new MeanDifference.Stage(
                    moments.apply(evidence.sums(exposure.stage(), series, Arm.CANDIDATE)),
                    moments.apply(evidence.sums(exposure.stage(), series, exposure.reference()))));
        }
        return stages;
    }

    MetricSums candidate(String series) {
        return total(series, true);
    }

    MetricSums reference(String series) {
        return total(series, false);
    }

    private MetricSums total(String series, boolean candidate) {
        MetricSums total = MetricSums.NONE;
        for (Exposure exposure : exposures) {
            Arm arm = candidate ? Arm.CANDIDATE : exposure.reference();
            total = total.plus(evidence.sums(exposure.stage(), series, arm));
        }
        return total;
    }

    /** The arm with which the candidate is compared in most stages; for display only. */
    Arm referenceArm() {
        return exposures.isEmpty() ? Arm.BASELINE : exposures.get(0).reference();
    }
}
