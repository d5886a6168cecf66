package dev.llmops.report.live;

import dev.llmops.release.GateDecision;
import dev.llmops.release.LineResult;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GateLine;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.internal.VerdictTones;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The four lines of a release: the candidate beside its control, and the verdict. */
final class ReleaseLamps {

    private final LiveState.Release release;

    private ReleaseLamps(LiveState.Release release) {
        this.release = release;
    }

    static Block of(LiveState.Release release) {
        List<Block> lamps = Stream.of(GateLine.values())
                .map(line -> new ReleaseLamps(release).lamp(line))
                .toList();
        return new Block.Section(
                ObjectiveLamps.TITLE,
                Numbers.words(release.verdict().name()),
                VerdictTones.of(release.verdict()),
                List.of(
                        Block.paragraph(
                                Inline.text("Release "),
                                Inline.code(release.decision().changeId()),
                                Inline.text(" at stage " + release.decision().stage() + ": " + release.reason())),
                        new Block.Columns(lamps)));
    }

    private Block lamp(GateLine line) {
        String title = line.label().substring(0, 1).toUpperCase(Locale.ROOT)
                + line.label().substring(1);
        if (line == GateLine.RISK) {
            return risk(title);
        }
        List<LineResult> results = release.decision().lines().stream()
                .filter(result -> result.line() == line)
                .toList();
        if (results.isEmpty()) {
            return new Block.Section(
                    title,
                    "NOT JUDGED",
                    Block.Tone.NEUTRAL,
                    List.of(Block.empty("The policy judges no metric of this line.")));
        }
        LineResult.Verdict worst = results.stream()
                .map(LineResult::verdict)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        List<Block> blocks = new ArrayList<>();
        results.forEach(result -> blocks.addAll(metric(result)));
        return new Block.Section(title, Numbers.words(worst.name()), VerdictTones.of(worst), blocks);
    }

    private List<Block> metric(LineResult line) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.paragraph(Inline.code(line.metric())));
        blocks.add(new Block.Facts(List.of(
                new Block.Fact("candidate", Inline.text(value(line, line.value()))),
                new Block.Fact("control", Inline.text(value(line, line.control()))),
                new Block.Fact(
                        "ratio", Inline.text(Double.isNaN(line.ratio()) ? "unknown" : "× " + Numbers.of(line.ratio()))),
                new Block.Fact(
                        "evidence against it",
                        Inline.text("e = " + line.shownE() + " of " + Numbers.of(line.limit()))))));
        RatioChart.of(line).ifPresent(blocks::add);
        blocks.add(Block.paragraph(line.reason()));
        return blocks;
    }

    private String value(LineResult line, double value) {
        MetricRule.Kind kind = release.policy().metrics().stream()
                .filter(rule -> rule.metric().equals(line.metric()))
                .map(MetricRule::kind)
                .findFirst()
                .orElse(MetricRule.Kind.MEAN);
        return switch (kind) {
            case RATE -> Double.isNaN(value) ? "unknown" : Numbers.percent(value) + " bad";
            case QUANTILE -> Numbers.duration(value);
            case MEAN -> Numbers.of(value);
        };
    }

    /** A risk is no test: a single event stops the release. */
    private Block risk(String title) {
        long units = release.decision().units().getOrDefault(Arm.CANDIDATE, 0L);
        String allowed = release.policy().stopOn().stream()
                .sorted()
                .map(risk -> risk.replace('_', ' '))
                .collect(Collectors.joining(", "));
        if (release.decision().verdict() == GateDecision.Verdict.STOP) {
            return new Block.Section(
                    title,
                    "STOP",
                    Block.Tone.BAD,
                    List.of(Block.paragraph(release.decision().reason())));
        }
        if (allowed.isEmpty()) {
            return new Block.Section(
                    title, "NOT JUDGED", Block.Tone.NEUTRAL, List.of(Block.empty("The policy stops on no risk.")));
        }
        return new Block.Section(
                title,
                units == 0 ? "NO DATA" : "NONE SEEN",
                units == 0 ? Block.Tone.NEUTRAL : Block.Tone.GOOD,
                List.of(
                        new Block.Facts(List.of(
                                new Block.Fact("candidate units in this stage", Inline.text(Numbers.count(units))))),
                        Block.paragraph("One of these stops the release: " + allowed + ".")));
    }
}
