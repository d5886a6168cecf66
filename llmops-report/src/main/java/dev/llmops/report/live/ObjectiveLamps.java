package dev.llmops.report.live;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.live.LiveState.ObjectiveState;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.status.EventRuleStatus;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The four lines while there is no release: what the objectives say of each. */
final class ObjectiveLamps {

    static final String TITLE = "Four lines";

    private ObjectiveLamps() {}

    static Block of(List<ObjectiveState> objectives, List<EventRuleStatus> eventRules) {
        return new Block.Section(
                TITLE,
                "NO RELEASE",
                Block.Tone.NEUTRAL,
                List.of(
                        Block.paragraph("No release has started. The lamps show the objectives of each line."),
                        new Block.Columns(List.of(
                                lamp("Quality", objectives, indicator -> !isLatency(indicator) && !isCost(indicator)),
                                lamp("Latency", objectives, ObjectiveLamps::isLatency),
                                lamp("Cost", objectives, ObjectiveLamps::isCost),
                                risk(eventRules)))));
    }

    private static boolean isLatency(Indicator indicator) {
        return indicator instanceof Indicator.Latency;
    }

    private static boolean isCost(Indicator indicator) {
        return indicator instanceof Indicator.CostPerCall;
    }

    private static Block lamp(String title, List<ObjectiveState> objectives, Predicate<Indicator> belongs) {
        List<ObjectiveState> own = objectives.stream()
                .filter(each -> belongs.test(each.status().objective().indicator()))
                .toList();
        if (own.isEmpty()) {
            return none(title, "No objective of this line.");
        }
        List<Block.Fact> facts = new ArrayList<>();
        SloStatus.State worst = SloStatus.State.MET;
        for (ObjectiveState each : own) {
            SloStatus.State state = each.status().state();
            facts.add(new Block.Fact(
                    ObjectivesPart.name(each.status()), Inline.badge(Numbers.words(state.name()), tone(state))));
            worst = rank(state) > rank(worst) ? state : worst;
        }
        return new Block.Section(title, Numbers.words(worst.name()), tone(worst), List.of(new Block.Facts(facts)));
    }

    private static int rank(SloStatus.State state) {
        return switch (state) {
            case MET -> 0;
            case INSUFFICIENT_DATA -> 1;
            case BREACHED -> 2;
        };
    }

    private static Block risk(List<EventRuleStatus> rules) {
        if (rules.isEmpty()) {
            return none("Risk", "No rule on risks.");
        }
        boolean fires = rules.stream().anyMatch(rule -> rule.state() == TierVerdict.State.FIRING);
        boolean silent = rules.stream().anyMatch(rule -> rule.state() == TierVerdict.State.NO_DATA);
        return new Block.Section(
                "Risk",
                fires ? "FIRING" : silent ? "NO DATA" : "CLEAR",
                fires ? Block.Tone.BAD : silent ? Block.Tone.NEUTRAL : Block.Tone.GOOD,
                rules.stream()
                        .map(rule -> Block.paragraph(rule.rule().name() + ": " + rule.reason()))
                        .toList());
    }

    private static Block none(String title, String sentence) {
        return new Block.Section(title, "NOT MEASURED", Block.Tone.NEUTRAL, List.of(Block.empty(sentence)));
    }

    static Block.Tone tone(SloStatus.State state) {
        return switch (state) {
            case MET -> Block.Tone.GOOD;
            case BREACHED -> Block.Tone.BAD;
            case INSUFFICIENT_DATA -> Block.Tone.NEUTRAL;
        };
    }
}
