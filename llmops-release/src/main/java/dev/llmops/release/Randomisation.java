package dev.llmops.release;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.internal.Series;
import dev.llmops.release.internal.statistics.SampleRatio;
import dev.llmops.release.policy.GatePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks that chance alone assigned the units: each arm got its share, of all units and of every kind of traffic. Half of the
 * level goes to the first question, and half to all kinds together.
 */
final class Randomisation {

    private final GatePolicy policy;
    private final Map<GateEvidence.Key, MetricSums> sums;

    Randomisation(GatePolicy policy, Map<GateEvidence.Key, MetricSums> sums) {
        this.policy = policy;
        this.sums = sums;
    }

    /** The stage in which an arm did not get its share of the units, in words. */
    Optional<String> mismatch() {
        double limit = -Math.log(policy.sampleRatioAlpha() / 2 / policy.stages().size());
        return policy.stages().stream()
                .filter(stage -> logEvidence(stage, Series.UNITS) >= limit)
                .findFirst()
                .map(stage -> "the arms did not get their shares of the units at " + stage.name() + ": " + shares(stage)
                        + "; records are lost on one arm, or the assignment is not random");
    }

    private String shares(GatePolicy.Stage stage) {
        Exposure exposure = policy.exposure(stage);
        List<String> parts = new ArrayList<>();
        for (Arm arm : arms(exposure)) {
            parts.add(arm.label() + " "
                    + units(stage, Series.UNITS, arm) + " (share "
                    + Shown.percent(exposure.ratioOf(arm)) + ")");
        }
        return String.join(", ", parts);
    }

    /** The kind of traffic that is not spread over the arms as all traffic is, in words. */
    Optional<String> mixShift() {
        for (GatePolicy.Stage stage : policy.stages()) {
            Set<String> series = mix(stage);
            double limit =
                    -Math.log(policy.sampleRatioAlpha() / 2 / policy.stages().size() / Math.max(1, series.size()));
            for (String part : series) {
                if (logEvidence(stage, part) >= limit) {
                    return Optional.of(
                            "the mix of traffic differs between the arms at " + stage.name() + " in " + part);
                }
            }
        }
        return Optional.empty();
    }

    /** The kinds of traffic in the order of their names. */
    private Set<String> mix(GatePolicy.Stage stage) {
        Set<String> series = new TreeSet<>();
        for (GateEvidence.Key key : sums.keySet()) {
            if (key.stage().equals(stage.name()) && Series.isMix(key.series())) {
                series.add(key.series());
            }
        }
        return series;
    }

    private long units(GatePolicy.Stage stage, String series, Arm arm) {
        return sums.getOrDefault(new GateEvidence.Key(stage.name(), series, arm), MetricSums.NONE)
                .n();
    }

    private double logEvidence(GatePolicy.Stage stage, String series) {
        Exposure exposure = policy.exposure(stage);
        List<Arm> arms = arms(exposure);
        if (arms.size() < 2) {
            return 0;
        }
        long[] counts =
                arms.stream().mapToLong(arm -> units(stage, series, arm)).toArray();
        double[] shares = arms.stream().mapToDouble(exposure::ratioOf).toArray();
        return SampleRatio.logEvidence(counts, shares, SampleRatio.DEFAULT_CONCENTRATION);
    }

    private static List<Arm> arms(Exposure exposure) {
        List<Arm> arms = new ArrayList<>();
        for (Arm arm : List.of(Arm.CANDIDATE, Arm.CONTROL, Arm.BASELINE, Arm.HOLDBACK)) {
            if (exposure.ratioOf(arm) > 1e-9) {
                arms.add(arm);
            }
        }
        return arms;
    }
}
