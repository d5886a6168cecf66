package dev.llmops.report.live;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.live.LiveState.ObjectiveState;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Durations;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** The objectives, each with what is left of its error budget over time. */
final class ObjectivesPart {

    private static final Duration HOUR = Duration.ofHours(1);

    private ObjectivesPart() {}

    static Block of(List<ObjectiveState> objectives) {
        if (objectives.isEmpty()) {
            return new Block.Section(
                    "Objectives", "", Block.Tone.NEUTRAL, List.of(Block.empty("No objective is defined.")));
        }
        long breached = objectives.stream()
                .filter(each -> each.status().state() == SloStatus.State.BREACHED)
                .count();
        long met = objectives.stream()
                .filter(each -> each.status().state() == SloStatus.State.MET)
                .count();
        Block.Tone tone =
                breached > 0 ? Block.Tone.BAD : met == objectives.size() ? Block.Tone.GOOD : Block.Tone.NEUTRAL;
        return new Block.Section(
                "Objectives",
                met + " OF " + objectives.size() + " MET",
                tone,
                List.of(new Block.Columns(
                        objectives.stream().map(ObjectivesPart::card).toList())));
    }

    private static Block card(ObjectiveState objective) {
        SloStatus status = objective.status();
        TierVerdict.Burn burn = recent(status);
        return new Block.Section(
                name(status),
                Numbers.words(status.state().name()),
                ObjectiveLamps.tone(status.state()),
                List.of(
                        new Block.Facts(List.of(
                                fact(
                                        "target",
                                        Numbers.percent(status.objective()
                                                        .target()
                                                        .doubleValue()) + " in "
                                                + status.objective().window()),
                                fact(
                                        "events",
                                        Numbers.count(Math.round(status.counts().total()))),
                                fact("bad", percent(status.errorRatio())),
                                fact("budget left", percent(status.budgetRemaining())),
                                fact("burn rate, " + Durations.format(burn.window()), orUnknown(burn.burnRate())))),
                        new Block.Figure(
                                "Error budget left, % of the window's; the dashed line is an empty budget",
                                TimeChart.percent(objective.budget())),
                        Block.paragraph(status.reason())));
    }

    /** The burn of the shortest alert window of an hour or more, else of the longest. */
    private static TierVerdict.Burn recent(SloStatus status) {
        List<TierVerdict.Burn> burns = status.burnRates();
        return burns.stream()
                .filter(burn -> burn.window().compareTo(HOUR) >= 0)
                .findFirst()
                .or(() -> burns.stream().reduce((shorter, longer) -> longer))
                .orElse(new TierVerdict.Burn(HOUR, Counts.NONE, OptionalDouble.empty()));
    }

    private static Block.Fact fact(String label, String value) {
        return new Block.Fact(label, Inline.text(value));
    }

    private static String percent(OptionalDouble ratio) {
        return ratio.isPresent() ? Numbers.percent(ratio.getAsDouble()) : "no events";
    }

    private static String orUnknown(OptionalDouble value) {
        return value.isPresent() ? Numbers.of(value.getAsDouble()) : "no events";
    }

    static String name(SloStatus status) {
        return status.objective().name()
                + (status.group().isEmpty() ? "" : " " + status.group().values());
    }
}
