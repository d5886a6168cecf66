package dev.llmops.release.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds what no single property shows: stages that contradict each other, and policies that cannot decide. */
final class PolicyLint {

    private final GatePolicy policy;
    private final List<String> problems;

    PolicyLint(GatePolicy policy, List<String> problems) {
        this.policy = policy;
        this.problems = problems;
    }

    void run() {
        List<GatePolicy.Stage> stages = policy.stages();
        if (stages.isEmpty()) {
            problems.add(
                    "gate.stages must have at least one stage, but has none; write e.g. - {share: 10%, needs: proof}");
            return;
        }
        if (policy.metrics().isEmpty()) {
            problems.add("gate.lines must name at least one metric, but has none; a gate without lines proves nothing");
        }
        Set<String> names = new HashSet<>();
        double before = -1;
        for (int i = 0; i < stages.size(); i++) {
            GatePolicy.Stage stage = stages.get(i);
            check(i, stage, before);
            if (!names.add(stage.name())) {
                problem(i, "name", "must be unique, but '" + stage.name() + "' comes twice; give one of them a name");
            }
            before = Math.max(before, stage.candidateRatio());
        }
        requireProof(stages);
    }

    private void check(int i, GatePolicy.Stage stage, double before) {
        double share = stage.candidateRatio();
        if (share > 0 && share <= before) {
            problem(
                    i,
                    "share",
                    "is not larger than in the stage before (" + percent(share)
                            + ") — shares that grow — to lower it, degrade the release");
        }
        if (share == 0 && stage.mirrorRatio() == 0) {
            problem(
                    i,
                    "share",
                    "is missing or 0%, and no traffic is mirrored (0%) — over 0% — write e.g. share: 10%, since no record of the"
                            + " candidate could come");
        }
        if (stage.holdbackRatio() >= 1) {
            problem(i, "holdback", "leaves nothing to the candidate (100%) — under 100% — write e.g. 5%");
        }
        if (policy.hasControl() && share > .5 && share < 1) {
            problem(
                    i,
                    "share",
                    "leaves no room for a control of the same size (" + percent(share)
                            + ") — at most 50% — lower it or set arms.control: off");
        }
        if (stage.holdbackRatio() > 0 && !stage.isLast()) {
            problem(i, "holdback", "belongs to the stage of 100%, but stands at " + percent(share));
        }
        if (stage.minPairs() > 0 && stage.mirrorRatio() == 0) {
            problem(i, "until.pairs", "needs mirrored traffic, but mirror is 0; write e.g. mirror: 10%");
        }
        if (stage.minTime().compareTo(policy.maxHold()) > 0) {
            problem(
                    i,
                    "at_least.time",
                    "is longer than max_hold (" + time(stage.minTime()) + ") — at most " + time(policy.maxHold())
                            + " — shorten it, since the release would be rolled back first");
        }
    }

    private void requireProof(List<GatePolicy.Stage> stages) {
        int lastPartial = -1;
        for (int i = 0; i < stages.size(); i++) {
            lastPartial = stages.get(i).isLast() ? lastPartial : i;
        }
        if (lastPartial >= 0 && stages.get(lastPartial).needs() != GatePolicy.Stage.Needs.PROOF) {
            problem(
                    lastPartial,
                    "needs",
                    "is not proof in the last stage under 100% (no-breach) — proof — absence of alarm proves nothing");
        } else if (lastPartial < 0) {
            problem(
                    0,
                    "share",
                    "is 100% in every stage (100%) — under 100% in at least one — add a stage in which a baseline is left to compare with");
        }
    }

    private void problem(int stage, String key, String message) {
        problems.add("gate.stages[" + stage + "]." + key + " " + message);
    }

    private static String time(Duration time) {
        return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 1e4) / 1e2 + "%";
    }
}
