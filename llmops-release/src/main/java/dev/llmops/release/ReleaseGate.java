package dev.llmops.release;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.internal.Series;
import dev.llmops.release.policy.GatePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges a release. The verdict is a pure function of policy, evidence and situation, valid however often one looks: the
 * probability that identical versions are ever paused, or ever rolled back, is at most the policy's α each.
 *
 * <p>A stage is promoted on what it asks for: enough units, enough time, no breach, and where it needs proof, every metric
 * provably within its limit. Silence promotes nothing.
 *
 * @since 0.1.0
 */
public final class ReleaseGate {

    private final GatePolicy policy;
    private final GateEvidence evidence;
    private final Map<GateEvidence.Key, MetricSums> sums = new HashMap<>();
    private final Set<String> stages = new TreeSet<>();
    private final GateSituation situation;
    private final GatePolicy.Stage stage;

    private ReleaseGate(GatePolicy policy, GateEvidence evidence, GateSituation situation, GatePolicy.Stage stage) {
        this.policy = policy;
        this.evidence = evidence;
        evidence.forEach((key, ofKey) -> {
            sums.put(key, ofKey);
            stages.add(key.stage());
        });
        this.situation = situation;
        this.stage = stage;
    }

    /** A verdict with its reason. */
    private record Finding(GateDecision.Verdict verdict, String reason, boolean isInconclusive) {

        static Finding of(GateDecision.Verdict verdict, String reason) {
            return new Finding(verdict, reason, false);
        }
    }

    /**
     * Judges a release.
     *
     * @param policy the release's policy
     * @param evidence all evidence so far
     * @param situation where the release stands
     * @return the decision
     * @throws IllegalArgumentException if the policy has no such stage
     */
    public static GateDecision judge(GatePolicy policy, GateEvidence evidence, GateSituation situation) {
        GatePolicy.Stage stage = policy.stage(situation.stage())
                .orElseThrow(() -> new IllegalArgumentException("stage is not known ('" + situation.stage()
                        + "') — "
                        + policy.stages().stream().map(GatePolicy.Stage::name).toList()
                        + " are allowed — name a stage of the policy"));
        return new ReleaseGate(policy, evidence, situation, stage).decision();
    }

    private GateDecision decision() {
        ArmSplits splits = new ArmSplits(policy, sums);
        double testAlpha = policy.testAlpha();
        List<LineResult> lines = policy.metrics().stream()
                .map(rule -> new LineJudge(
                                rule,
                                testAlpha,
                                policy.alpha(),
                                splits,
                                situation.judges().get(rule.metric()))
                        .result())
                .toList();
        Finding finding = finding(lines);
        Map<Arm, Long> units = new EnumMap<>(Arm.class);
        for (Arm arm : Arm.values()) {
            units.put(arm, units(arm));
        }
        GatePolicy.Stage next = finding.verdict() == GateDecision.Verdict.PROMOTE ? next() : null;
        return new GateDecision(
                evidence.changeId(),
                stage.name(),
                policy.exposure(stage).candidateRatio(),
                finding.verdict(),
                finding.reason(),
                finding.isInconclusive(),
                units,
                lines,
                evidence.notCounted(),
                next);
    }

    private GatePolicy.@Nullable Stage next() {
        return policy.stageAfter(stage.name()).orElse(null);
    }

    private long units(Arm arm) {
        String series = arm == Arm.SHADOW ? Series.pairs(Series.UNITS) : Series.UNITS;
        return sums(stage.name(), series, arm).n();
    }

    private MetricSums sums(String inStage, String series, Arm arm) {
        return sums.getOrDefault(new GateEvidence.Key(inStage, series, arm), MetricSums.NONE);
    }

    private Finding finding(List<LineResult> lines) {
        Optional<Finding> alarm = stop().or(
                        () -> breach(lines, LineResult.Verdict.ROLL_BACK, GateDecision.Verdict.ROLL_BACK))
                .or(this::burn)
                .or(() -> new Randomisation(policy, sums)
                        .mismatch()
                        .map(reason -> Finding.of(GateDecision.Verdict.INVALID, reason)))
                .or(() -> breach(lines, LineResult.Verdict.PAUSE, GateDecision.Verdict.PAUSE))
                .or(() -> new Randomisation(policy, sums)
                        .mixShift()
                        .map(reason -> Finding.of(GateDecision.Verdict.PAUSE, reason)));
        return alarm.orElseGet(() -> progress(lines));
    }

    private Optional<Finding> stop() {
        for (String type : policy.stopOn()) {
            for (String counted : stages) {
                MetricSums seen = sums(counted, Series.risk(type), Arm.CANDIDATE)
                        .plus(sums(counted, Series.risk(type), Arm.SHADOW));
                if (seen.bad() > 0) {
                    return Optional.of(Finding.of(
                            GateDecision.Verdict.STOP,
                            type + " happened " + seen.bad() + " times at " + counted + "; none is tolerated"));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> breach(
            List<LineResult> lines, LineResult.Verdict of, GateDecision.Verdict verdict) {
        return lines.stream()
                .filter(line -> line.verdict() == of)
                .findFirst()
                .map(line -> Finding.of(verdict, line.metric() + ": " + line.reason()));
    }

    private Optional<Finding> burn() {
        return policy.rollsBackOnBudgetBurn() && situation.isMoneyExhausting()
                ? Optional.of(Finding.of(
                        GateDecision.Verdict.ROLL_BACK, "the money budget will be spent before its window ends"))
                : Optional.empty();
    }

    private Finding progress(List<LineResult> lines) {
        Duration held = Duration.between(situation.stageSince(), situation.now());
        List<String> missing = missing(lines, held);
        if (missing.isEmpty()) {
            return frozen().orElseGet(() ->
                    Finding.of(GateDecision.Verdict.PROMOTE, "everything that " + stage.name() + " asks for is there"));
        }
        String what = String.join("; ", missing);
        if (held.compareTo(policy.maxHold()) > 0) {
            return new Finding(
                    GateDecision.Verdict.ROLL_BACK,
                    "inconclusive after " + Shown.time(policy.maxHold()) + ": " + what,
                    true);
        }
        boolean isSilent = units(Arm.CANDIDATE) + units(Arm.SHADOW) == 0;
        return isSilent && held.compareTo(stage.minTime()) > 0
                ? Finding.of(
                        GateDecision.Verdict.PAUSE,
                        "no record of the candidate since the stage began " + Shown.time(held) + " ago; " + what)
                : Finding.of(GateDecision.Verdict.CONTINUE, what);
    }

    private List<String> missing(List<LineResult> lines, Duration held) {
        List<String> missing = new ArrayList<>();
        long units = units(Arm.CANDIDATE);
        long pairs = units(Arm.SHADOW);
        // Regardless of the policy, nothing is promoted without a single record of the candidate.
        if (units + pairs == 0 || units < stage.minUnits()) {
            missing.add(units + " of " + Math.max(1, stage.minUnits()) + " units");
        }
        if (pairs < stage.minPairs()) {
            missing.add(pairs + " of " + stage.minPairs() + " pairs");
        }
        if (held.compareTo(stage.minTime()) < 0) {
            missing.add(Shown.time(held) + " of " + Shown.time(stage.minTime()));
        }
        if (stage.needs() == GatePolicy.Stage.Needs.PROOF) {
            lines.stream()
                    .filter(line -> line.verdict() != LineResult.Verdict.PASS)
                    .forEach(line -> missing.add(line.metric() + " is not proved"));
        }
        return missing;
    }

    private Optional<Finding> frozen() {
        boolean isFrozen = situation.sloBudgetRemainingRatio() <= policy.freezeAtRemainingRatio();
        return isFrozen && !policy.exempt().contains(situation.changeKind())
                ? Optional.of(Finding.of(
                        GateDecision.Verdict.PAUSE,
                        "frozen: an SLO has "
                                + Shown.percent(situation.sloBudgetRemainingRatio())
                                + " of its error budget left; exempt are changes of kind "
                                + policy.exempt()))
                : Optional.empty();
    }
}
