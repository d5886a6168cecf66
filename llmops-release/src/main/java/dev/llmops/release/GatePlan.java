package dev.llmops.release;

import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.MetricRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says before a release starts what it can decide: for every metric and stage, how many units and hours it takes to find a
 * candidate that stands at the roll-back limit, and to prove one that is as good as the baseline, each with 80 % power.
 *
 * @param entries one per metric, stage and question
 * @since 0.1.0
 */
public record GatePlan(List<Entry> entries) {

    /** The question that the evidence must answer. */
    public enum Question {
        /** The time until a candidate at the roll-back limit is paused. */
        DETECT,
        /** The time until a candidate that equals the baseline is proved to be within its limits. */
        PROVE
    }

    /**
     * Answers one question.
     *
     * @param stage the stage
     * @param metric the metric
     * @param question what is asked
     * @param units units of both arms together that it takes; infinite for no number of them
     * @param hours hours at the profile's traffic that it takes
     * @param isNever true if it takes longer than the policy holds a stage
     */
    public record Entry(String stage, String metric, Question question, double units, double hours, boolean isNever) {}

    /**
     * Copies the entries.
     *
     * @param entries one per metric, stage and question
     */
    public GatePlan {
        entries = List.copyOf(entries);
    }

    /**
     * Plans a release.
     *
     * @param policy its policy
     * @param profile the baseline's last days
     * @return the plan
     */
    public static GatePlan of(GatePolicy policy, GateProfile profile) {
        List<Entry> entries = new ArrayList<>();
        for (GatePolicy.Stage stage : policy.stages()) {
            PlanEstimate estimate = new PlanEstimate(policy, profile, policy.exposure(stage));
            if (!estimate.isComparing()) {
                continue;
            }
            for (MetricRule rule : policy.metrics()) {
                entries.add(entry(policy, profile, stage, rule, Question.DETECT, estimate.unitsToDetect(rule)));
                if (stage.needs() == GatePolicy.Stage.Needs.PROOF) {
                    entries.add(entry(policy, profile, stage, rule, Question.PROVE, estimate.unitsToProve(rule)));
                }
            }
        }
        return new GatePlan(entries);
    }

    private static Entry entry(
            GatePolicy policy,
            GateProfile profile,
            GatePolicy.Stage stage,
            MetricRule rule,
            Question question,
            double units) {
        double perHour =
                profile.unitsPerHour() * new PlanEstimate(policy, profile, policy.exposure(stage)).comparedRatio();
        double hours = units / perHour;
        boolean never = !(hours <= policy.maxHold().toMinutes() / 60.0);
        return new Entry(stage.name(), rule.metric(), question, units, hours, never);
    }

    /**
     * Returns true if every metric of every stage that needs proof can be proved in time.
     *
     * @return false if the release would end as inconclusive however good the candidate is
     */
    public boolean canPromote() {
        return entries.stream().noneMatch(entry -> entry.question() == Question.PROVE && entry.isNever());
    }

    /**
     * Returns the time that the proofs take, each stage as long as its slowest metric.
     *
     * @return the sum over the stages that need proof; the longest duration if one is never given
     */
    public Duration timeToProve() {
        if (!canPromote()) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
        double hours = entries.stream()
                .filter(entry -> entry.question() == Question.PROVE)
                .collect(Collectors.groupingBy(Entry::stage, Collectors.summarizingDouble(Entry::hours)))
                .values()
                .stream()
                .mapToDouble(DoubleSummaryStatistics::getMax)
                .sum();
        return Duration.ofMinutes((long) Math.ceil(hours * 60));
    }

    /**
     * Returns the plan as lines of text for people.
     *
     * @return one line per entry, such as {@code 10% errors: detect after 1940 units, 3.9 h}
     */
    public String explain() {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            String what = entry.stage() + " " + entry.metric() + ": "
                    + (entry.question() == Question.DETECT ? "detect" : "prove");
            String units = Shown.number(Math.ceil(entry.units())) + " units, " + Shown.number(entry.hours()) + " h";
            lines.add(what + (entry.isNever() ? " never at this traffic (" + units + ")" : " after " + units));
        }
        return String.join("\n", lines);
    }
}
