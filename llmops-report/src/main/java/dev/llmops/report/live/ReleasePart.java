package dev.llmops.report.live;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.internal.VerdictTones;
import dev.llmops.report.live.LiveState.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The timeline of a release: its stages, what was done, the candidate's share, and the evidence pack. */
final class ReleasePart {

    private static final String TITLE = "Release timeline";

    private final LiveState.Release release;
    private final Instant now;

    private ReleasePart(LiveState.Release release, Instant now) {
        this.release = release;
        this.now = now;
    }

    static Block none() {
        return new Block.Section(TITLE, "", Block.Tone.NEUTRAL, List.of(Block.empty("No release has started.")));
    }

    static Block of(LiveState.Release release, Instant now) {
        return new ReleasePart(release, now).section();
    }

    private Block section() {
        SwitchState.Status status = release.state().status();
        List<Block> blocks = new ArrayList<>();
        blocks.add(facts());
        blocks.add(new Block.Columns(List.of(
                new Block.Figure(
                        "Share of the traffic that gets the candidate, %",
                        TimeChart.steps(
                                release.events().stream()
                                        .map(event -> new Sample(event.at(), event.candidateRatio()))
                                        .toList(),
                                status.isFinal() ? end() : now)),
                stages())));
        blocks.add(new Block.Table(
                "What was done, latest first",
                List.of("at, UTC", "action", "stage", "share", "by", "reason"),
                release.events().stream()
                        .sorted(Comparator.comparingLong(SwitchEvent::revision).reversed())
                        .map(ReleasePart::row)
                        .toList(),
                "Nothing yet."));
        String pack = release.packLink();
        if (pack != null) {
            blocks.add(Block.paragraph(Inline.link("Download the evidence pack", pack)));
        }
        return new Block.Section(TITLE, Numbers.words(status.name()), VerdictTones.of(release.verdict()), blocks);
    }

    /** A minute after the last event, so that its share is seen. */
    private Instant end() {
        Instant last = release.events().get(release.events().size() - 1).at();
        Instant later = last.plusSeconds(10);
        return later.isBefore(now) ? later : now;
    }

    private Block facts() {
        List<Block.Fact> facts = new ArrayList<>();
        facts.add(new Block.Fact("change", Inline.code(release.state().changeId())));
        facts.add(new Block.Fact(
                "started, UTC", Inline.text(Numbers.time(release.state().startedAt()))));
        facts.add(new Block.Fact(
                "share now",
                Inline.text(Numbers.percent(release.state().exposure().candidateRatio()))));
        release.calls().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(entry -> entry.getValue() > 0 || entry.getKey() == Arm.CANDIDATE)
                .forEach(entry -> facts.add(new Block.Fact(
                        "calls, " + entry.getKey().label(), Inline.text(Numbers.count(entry.getValue())))));
        return new Block.Facts(facts);
    }

    private Block stages() {
        String current = release.state().exposure().stage();
        return new Block.Table(
                "Stages of the policy",
                List.of("stage", "share", "at least", "needs", ""),
                release.policy().stages().stream()
                        .map(stage -> stage(stage, stage.name().equals(current)))
                        .toList(),
                "The policy has no stage.");
    }

    private static List<Inline> stage(GatePolicy.Stage stage, boolean isCurrent) {
        return List.of(
                Inline.text(stage.name()),
                Inline.number(Numbers.percent(stage.candidateRatio() - (stage.isLast() ? stage.holdbackRatio() : 0))),
                Inline.number(Numbers.count(stage.minUnits()) + " units, "
                        + stage.minTime().toSeconds() + " s"),
                Inline.text(stage.needs() == GatePolicy.Stage.Needs.PROOF ? "proof" : "no breach"),
                isCurrent ? Inline.badge("HERE", Block.Tone.NEUTRAL) : Inline.text(""));
    }

    private static List<Inline> row(SwitchEvent event) {
        return List.of(
                Inline.text(Numbers.time(event.at())),
                Inline.text(Numbers.words(event.action().label())),
                Inline.text(event.stage()),
                Inline.number(Numbers.percent(event.candidateRatio())),
                Inline.text(event.actor().name()),
                Inline.text(event.reason()));
    }
}
